import { ExportLink } from "@/components/layout/export-link";
import { ReadAge } from "@/components/tenants/read-age";
import { tabHref } from "@/components/tenants/tenant-tabs";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterForm } from "@/components/ui/fields/filter-form";
import { LinkButton } from "@/components/ui/link-button";
import { SearchField } from "@/components/ui/fields/search-field";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { loadGroups } from "@/lib/directory/loaders";
import type { GroupRow } from "@/lib/directory/types";
import type { TenantDetail } from "@/lib/tenants/types";

export async function GroupsTab({ tenant, q }: { tenant: TenantDetail; q?: string }) {
  const groups = await loadGroups([tenant.id]);
  const wanted = q?.trim().toLocaleLowerCase("en") ?? "";
  const found = groups.filter(({ displayName }) => displayName.toLocaleLowerCase("en").includes(wanted));
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <FilterForm action={`/tenants/${tenant.id}`} keep={{ tab: "groups" }} className="w-full sm:w-80">
          <SearchField
            key={q ?? ""}
            name="q"
            label={`Search groups of ${tenant.name}`}
            placeholder="Name"
            defaultValue={q}
            className="w-full"
          />
        </FilterForm>
        <ExportLink list="groups" query={{ tenant: tenant.id, q }} size="small" />
      </div>
      <Card isFlush>
        {found.length > 0 ? <GroupTable groups={found} tenant={tenant} /> : <NoGroup tenant={tenant} q={q} />}
      </Card>
      <ReadAge what="Groups" tenant={tenant} />
    </>
  );
}

function GroupTable({ groups, tenant }: { groups: readonly GroupRow[]; tenant: TenantDetail }) {
  return (
    <Table label={`Groups of ${tenant.name}`}>
      <TableHead>
        <ColumnHeader>Group</ColumnHeader>
        <ColumnHeader isNumeric>Members</ColumnHeader>
      </TableHead>
      <TableBody>
        {groups.map(({ resourceId, displayName, members }) => (
          <Row key={resourceId}>
            <Cell isRowHeader className="stacked:flex-1">
              <RowLink href={tabHref(tenant.id, "people", { group: displayName })}>{displayName}</RowLink>
            </Cell>
            <Cell isNumeric>
              {members.toLocaleString("en-GB")}
              <span className="sr-only"> members</span>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function NoGroup({ tenant, q }: { tenant: TenantDetail; q?: string }) {
  if (!tenant.readAt) {
    return (
      <EmptyState kind="nothing-yet" title="No groups known yet">
        The groups of {tenant.name} appear here after the first full read.
      </EmptyState>
    );
  }
  if (q) {
    return (
      <EmptyState
        kind="no-match"
        title={`No group matches “${q}”`}
        action={<LinkButton href={tabHref(tenant.id, "groups")}>Show all groups</LinkButton>}
      />
    );
  }
  return (
    <EmptyState kind="nothing-yet" title={`${tenant.name} has no groups`}>
      A change that adds people to a new group creates the group and says so in its plan.
    </EmptyState>
  );
}
