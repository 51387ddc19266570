import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { isInView, matchesText, toTenantView } from "@/components/tenants/filter-tenants";
import { AutoRefresh } from "@/components/tenants/auto-refresh";
import { NoTenantsYet } from "@/components/tenants/no-tenants-yet";
import { TenantTable } from "@/components/tenants/tenant-table";
import { TenantViews } from "@/components/tenants/tenant-views";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterForm } from "@/components/ui/filter-form";
import { LinkButton } from "@/components/ui/link-button";
import { SearchField } from "@/components/ui/search-field";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { loadTenants } from "@/lib/tenants/loaders";

export const metadata: Metadata = { title: "Tenants" };

type Search = { q?: string | string[]; show?: string | string[] };

export default async function TenantsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { q, show } = await searchParams;
  const text = typeof q === "string" ? q : "";
  const view = toTenantView(typeof show === "string" ? show : undefined);
  const [tenants, { role }] = await Promise.all([loadTenants(), loadCurrentOperator()]);
  const found = tenants.filter((tenant) => isInView(tenant, view) && matchesText(tenant, text));
  const hasTenants = tenants.some(({ state }) => state !== "disconnected");
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
        {tenants.length === 0 ? null : (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <TenantViews tenants={tenants} view={view} text={text} />
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
          {found.length === 0 && !isNothingYet ? (
            <EmptyState
              kind="no-match"
              title={text ? `No tenant here matches “${text}”` : "No tenant is in this state"}
              action={<LinkButton href="/tenants">Show all tenants</LinkButton>}
            >
              {text ? "Names and domains were searched." : null}
            </EmptyState>
          ) : null}
          {found.length > 0 ? <TenantTable tenants={found} now={new Date()} /> : null}
        </Card>
      </PageBody>
    </>
  );
}
