import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { tenantsHref, toTenantView } from "@/components/tenants/filter-tenants";
import { readParam, type SearchParams } from "@/components/people/people-query";
import { AutoRefresh } from "@/components/tenants/auto-refresh";
import { NoTenantsYet } from "@/components/tenants/no-tenants-yet";
import { TenantTable } from "@/components/tenants/tenant-table";
import { TenantViews } from "@/components/tenants/tenant-views";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterForm } from "@/components/ui/fields/filter-form";
import { LinkButton } from "@/components/ui/link-button";
import { Pagination } from "@/components/ui/pagination";
import { SearchField } from "@/components/ui/fields/search-field";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { loadTenantPage } from "@/lib/tenants/loaders";

export const metadata: Metadata = { title: "Tenants" };

export default async function TenantsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const text = readParam(params, "q") ?? "";
  const view = toTenantView(readParam(params, "show"));
  const after = readParam(params, "after");
  const [{ rows, next, counts }, { role }] = await Promise.all([
    loadTenantPage({ view, text, after }),
    loadCurrentOperator(),
  ]);
  const hasTenants = counts.all > 0;
  const isNothingYet = !hasTenants && view === "all" && !text;
  return (
    <>
      <AutoRefresh everyMs={15_000} />
      <PageHeader
        title="Tenants"
        actions={
          hasTenants && can(role, "tenant.connect") ? (
            <LinkButton href="/tenants/new" variant="primary" icon={<Plus aria-hidden />}>
              Connect tenant
            </LinkButton>
          ) : null
        }
      />
      <PageBody>
        {!hasTenants && counts.disconnected === 0 ? null : (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <TenantViews counts={counts} view={view} text={text} />
            <FilterForm
              action="/tenants"
              keep={{ show: view === "all" ? null : view }}
              className="w-full sm:w-80"
            >
              <SearchField
                key={text}
                name="q"
                label="Search tenants"
                placeholder="Name or domain"
                defaultValue={text}
                className="w-full"
              />
            </FilterForm>
          </div>
        )}
        <Card isFlush>
          {isNothingYet ? <NoTenantsYet role={role} /> : null}
          {rows.length === 0 && !isNothingYet ? (
            <EmptyState
              kind="no-match"
              title={text ? `No tenant matches “${text}”` : "No tenant is in this state"}
              action={<LinkButton href="/tenants">Show all tenants</LinkButton>}
            >
              {text ? "The search covers names and domains." : null}
            </EmptyState>
          ) : null}
          {rows.length > 0 ? <TenantTable tenants={rows} now={new Date()} /> : null}
          <Pagination
            label="Pages of tenants"
            firstHref={after ? tenantsHref({ view, text }) : null}
            nextHref={next ? tenantsHref({ view, text, after: next }) : null}
          />
        </Card>
      </PageBody>
    </>
  );
}
