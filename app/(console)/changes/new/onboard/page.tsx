import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { NewChangePage } from "@/components/changes/new-change/new-change-page";
import { OnboardForm } from "@/components/changes/new-change/onboard-form";
import { toTenantChoices } from "@/components/changes/new-change/tenant-choice";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { QueryProvider } from "@/components/ui/query-provider";
import { loadTenantOptions } from "@/lib/tenants/loaders";

export const metadata: Metadata = { title: "Onboard a person" };

/** The number of tenants shown as checkboxes; the others are found by search. */
const TENANTS_SHOWN = 12;

export default async function OnboardPage() {
  const { tenants, total } = await loadTenantOptions({ limit: TENANTS_SHOWN });
  return (
    <NewChangePage title="Onboard a person">
      {tenants.length > 0 ? (
        <QueryProvider>
          <OnboardForm personId={randomUUID()} tenants={toTenantChoices(tenants)} total={total} />
        </QueryProvider>
      ) : (
        <Card>
          <EmptyState
            kind="nothing-yet"
            title="No tenant is connected yet"
            action={<LinkButton href="/tenants">Go to tenants</LinkButton>}
          >
            People are onboarded into tenants. Connect the first one, then come back.
          </EmptyState>
        </Card>
      )}
    </NewChangePage>
  );
}
