import { ExportLink } from "@/components/layout/export-link";
import { AccountStatus } from "@/components/people/account-status";
import { personHref } from "@/components/people/person-href";
import { ReadAge } from "@/components/tenants/read-age";
import { tabHref } from "@/components/tenants/tenant-tabs";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterForm } from "@/components/ui/fields/filter-form";
import { LinkButton } from "@/components/ui/link-button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Pagination } from "@/components/ui/pagination";
import { SearchField } from "@/components/ui/fields/search-field";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { countOf } from "@/components/words/count-words";
import { loadAccounts } from "@/lib/directory/loaders";
import type { AccountRow } from "@/lib/directory/types";
import type { TenantDetail } from "@/lib/tenants/types";

export type PeopleQuery = { q?: string; state?: "active" | "archived"; group?: string; after?: string };

/** The people in the tenant, as Rollcall last saw them. */
export async function PeopleTab({ tenant, query }: { tenant: TenantDetail; query: PeopleQuery }) {
  const { q, state, group, after } = query;
  const { rows, next } = await loadAccounts({ tenantId: tenant.id, text: q, state, group, after });
  const path = `/tenants/${tenant.id}`;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <StateTabs tenant={tenant} query={query} />
        <FilterForm action={path} keep={{ tab: "people", state, group }} className="w-full sm:w-80">
          <SearchField
            key={q ?? ""}
            name="q"
            label={`Search people of ${tenant.name}`}
            placeholder="Name, address, title, number"
            defaultValue={q}
            className="w-full"
          />
        </FilterForm>
      </div>
      {group ? (
        <p className="flex flex-wrap items-center gap-2 text-ink-2">
          Members of {group}
          <LinkButton href={tabHref(tenant.id, "people", { q, state })} size="small">
            Show everybody
          </LinkButton>
        </p>
      ) : null}
      <Card isFlush>
        {rows.length === 0 ? (
          <Nobody tenant={tenant} query={query} />
        ) : (
          <PeopleTable rows={rows} name={tenant.name} />
        )}
        <Pagination
          label="Pages of people"
          summary={rows.length > 0 ? toSummary(rows.length, Boolean(next ?? after)) : undefined}
          firstHref={after ? tabHref(tenant.id, "people", { q, state, group }) : null}
          nextHref={next ? tabHref(tenant.id, "people", { q, state, group, after: next }) : null}
        />
      </Card>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <ReadAge what="People" tenant={tenant} />
        <ExportLink list="people" query={{ tenant: tenant.id, q, state, group }} size="small" />
      </div>
    </>
  );
}

function StateTabs({ tenant, query }: { tenant: TenantDetail; query: PeopleQuery }) {
  const { q, group, state } = query;
  const hrefOf = (each?: string) => tabHref(tenant.id, "people", { q, group, state: each });
  return (
    <LinkTabs
      label="People by state"
      variant="pill"
      current={hrefOf(state)}
      tabs={[
        { href: hrefOf(), label: "All", count: tenant.users ?? undefined },
        { href: hrefOf("active"), label: "Active", count: tenant.active ?? undefined },
        {
          href: hrefOf("archived"),
          label: "Archived",
          count: tenant.users !== null && tenant.active !== null ? tenant.users - tenant.active : undefined,
        },
      ]}
    />
  );
}

function PeopleTable({ rows, name }: { rows: readonly AccountRow[]; name: string }) {
  return (
    <Table label={`People of ${name}`}>
      <TableHead>
        <ColumnHeader>Name</ColumnHeader>
        <ColumnHeader>State</ColumnHeader>
        <ColumnHeader className="min-w-56">Address</ColumnHeader>
        <ColumnHeader>Job title</ColumnHeader>
        <ColumnHeader>Department</ColumnHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.resourceId}>
            <Cell isRowHeader className="stacked:grow stacked:basis-[55%]">
              <RowLink href={personHref(row)}>{row.displayName || row.userName}</RowLink>
            </Cell>
            <Cell>
              <AccountStatus isActive={row.active} />
            </Cell>
            <Cell isQuiet className="stacked:basis-full">
              <Code>{row.userName}</Code>
            </Cell>
            <Cell label="Job title" isQuiet>
              {row.title}
            </Cell>
            <Cell label="Department" isQuiet>
              {row.department}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Nobody({ tenant, query: { q, state, group } }: { tenant: TenantDetail; query: PeopleQuery }) {
  if (!tenant.readAt) {
    return (
      <EmptyState kind="nothing-yet" title="No people known yet">
        The people of {tenant.name} appear here after the first full read.
      </EmptyState>
    );
  }
  if (q || state || group) {
    return (
      <EmptyState
        kind="no-match"
        title={q ? `No people match “${q}”` : "No people in this state"}
        action={<LinkButton href={tabHref(tenant.id, "people")}>Show everybody</LinkButton>}
      />
    );
  }
  return (
    <EmptyState kind="nothing-yet" title={`${tenant.name} has no people`}>
      A full read found an empty directory.
    </EmptyState>
  );
}

function toSummary(count: number, isPart: boolean): string {
  const people = countOf(count, "person", "people");
  return isPart ? `${people} on this page` : people;
}
