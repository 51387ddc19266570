import type { Metadata } from "next";
import { ExportLink } from "@/components/layout/export-link";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { AsOf, IncompleteNotice } from "@/components/people/freshness";
import { PeopleFilters } from "@/components/people/people-filters";
import {
  hasFilter,
  parsePeopleQuery,
  peopleHref,
  type PeopleQuery,
  type SearchParams,
} from "@/components/people/people-query";
import { PeopleTable } from "@/components/people/people-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { loadAccounts } from "@/lib/directory/loaders";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { loadOldestRead, loadTenantOptions } from "@/lib/tenants/loaders";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = parsePeopleQuery(await searchParams);
  const [operator, page, oldest, chosen, connected] = await Promise.all([
    loadCurrentOperator(),
    loadAccounts({
      tenantId: query.tenant,
      text: query.q,
      state: query.state,
      group: query.group,
      after: query.after,
    }),
    loadOldestRead(query.tenant),
    query.tenant ? loadTenantOptions({ ids: [query.tenant], limit: 1 }) : null,
    loadTenantOptions({ limit: 1 }),
  ]);
  const canOnboard = can(operator.role, "change.create");
  return (
    <>
      <PageHeader
        title="People"
        actions={
          <>
            <ExportLink
              list="people"
              query={{ tenant: query.tenant, q: query.q, state: query.state, group: query.group }}
            />
            {canOnboard ? (
              <LinkButton href="/changes/new/onboard" variant="primary">
                Onboard a person
              </LinkButton>
            ) : null}
          </>
        }
      />
      <PageBody>
        <PeopleFilters query={query} tenant={chosen?.tenants[0] ?? null} isFiltered={hasFilter(query)} />
        <IncompleteNotice incomplete={page.incomplete} />
        <Card isFlush>
          {page.rows.length > 0 ? (
            <PeopleTable label="People" rows={page.rows} />
          ) : (
            <NobodyHere query={query} hasTenants={connected.total > 0} canOnboard={canOnboard} />
          )}
          <Pagination
            label="Pages of people"
            firstHref={query.after ? peopleHref({ ...query, after: undefined }) : null}
            nextHref={page.next ? peopleHref({ ...query, after: page.next }) : null}
            summary={
              page.rows.length > 0
                ? toSummary(page.rows.length, page.next !== null || query.after !== undefined)
                : undefined
            }
          />
        </Card>
        <AsOf oldest={oldest} />
      </PageBody>
    </>
  );
}

/** A row is an account, so accounts are counted; of a paged list only this page's are known. */
function toSummary(count: number, isPart: boolean): string {
  const accounts = `${count.toLocaleString("en-GB")} ${count === 1 ? "account" : "accounts"}`;
  return isPart ? `${accounts} on this page` : accounts;
}

type NobodyHereProps = { query: PeopleQuery; hasTenants: boolean; canOnboard: boolean };

function NobodyHere({ query, hasTenants, canOnboard }: NobodyHereProps) {
  if (hasFilter(query)) {
    const isOneTenant = query.tenant !== undefined;
    const wider = isOneTenant ? peopleHref({ ...query, tenant: undefined, after: undefined }) : "/people";
    return (
      <EmptyState
        kind="no-match"
        title="No people match this filter"
        action={
          <LinkButton href={wider}>{isOneTenant ? "Search all tenants" : "Clear the filter"}</LinkButton>
        }
      />
    );
  }
  if (!hasTenants) {
    return (
      <EmptyState
        kind="nothing-yet"
        title="No tenant is connected yet"
        action={<LinkButton href="/tenants">Go to tenants</LinkButton>}
      >
        People appear here once a tenant is connected and read.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      kind="nothing-yet"
      title="No people yet"
      action={canOnboard ? <LinkButton href="/changes/new/onboard">Onboard a person</LinkButton> : null}
    >
      The tenants have no people, or have not been read yet.
    </EmptyState>
  );
}
