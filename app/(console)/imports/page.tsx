import type { Metadata } from "next";
import { ExportLink } from "@/components/layout/export-link";
import { ImportsTable } from "@/components/imports/imports-table";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { readParam, type SearchParams } from "@/components/people/people-query";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { loadImports } from "@/lib/imports/loaders";

export const metadata: Metadata = { title: "Imports" };

export default async function ImportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const before = readParam(await searchParams, "before");
  const [{ role }, page] = await Promise.all([loadCurrentOperator(), loadImports({ before })]);
  const canImport = can(role, "import.create");
  return (
    <>
      <PageHeader
        title="Imports"
        actions={
          <>
            <ExportLink list="imports" />
            {canImport ? (
              <LinkButton href="/imports/new" variant="primary">
                Import a file
              </LinkButton>
            ) : null}
          </>
        }
      />
      <PageBody>
        <Card isFlush>
          {page.rows.length > 0 ? (
            <ImportsTable rows={page.rows} />
          ) : (
            <EmptyState
              kind="nothing-yet"
              title="No imports yet"
              action={canImport ? <LinkButton href="/imports/new">Import the first file</LinkButton> : null}
            >
              A CSV of people, for one tenant or for many at once. Every row is checked before anything is
              planned, and nothing is sent until you apply the plan.
            </EmptyState>
          )}
          <Pagination
            label="Pages of imports"
            firstHref={before ? "/imports" : null}
            nextHref={page.next ? `/imports?before=${encodeURIComponent(page.next)}` : null}
          />
        </Card>
      </PageBody>
    </>
  );
}
