import type { Metadata } from "next";
import { ImportersOnly } from "@/components/imports/importers-only";
import { UploadForm } from "@/components/imports/upload-form";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { isUuid, readParam, type SearchParams } from "@/components/people/people-query";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { loadTenantOptions } from "@/lib/tenants/loaders";

export const metadata: Metadata = { title: "Import a file" };

export default async function NewImportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [{ role }, { total }, params] = await Promise.all([
    loadCurrentOperator(),
    loadTenantOptions({ limit: 1 }),
    searchParams,
  ]);
  const asked = readParam(params, "tenant");
  const named = asked && isUuid(asked) ? await loadTenantOptions({ ids: [asked], limit: 1 }) : null;
  return (
    <>
      <PageHeader title="Import a file" parent={{ href: "/imports", label: "Imports" }} />
      <PageBody width="form">
        {!can(role, "import.create") ? (
          <ImportersOnly />
        ) : total > 0 ? (
          <UploadForm tenant={named?.tenants[0] ?? null} />
        ) : (
          <Card>
            <EmptyState
              kind="nothing-yet"
              title="No tenant is connected yet"
              action={<LinkButton href="/tenants">Go to tenants</LinkButton>}
            >
              A file lists who should be in a tenant. Connect the first tenant, then come back.
            </EmptyState>
          </Card>
        )}
      </PageBody>
    </>
  );
}
