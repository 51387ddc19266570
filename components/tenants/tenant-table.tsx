import { AsOf, TenantStateCell } from "@/components/tenants/tenant-cells";
import { Named } from "@/components/ui/monogram";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { modeWords } from "@/components/words/tenant-words";
import type { TenantSummary } from "@/lib/tenants/types";

export function TenantTable({ tenants, now }: { tenants: readonly TenantSummary[]; now: Date }) {
  return (
    <Table label="Tenants, worst first">
      <TableHead>
        <ColumnHeader>Tenant</ColumnHeader>
        <ColumnHeader>State</ColumnHeader>
        <ColumnHeader>Mode</ColumnHeader>
        <ColumnHeader isNumeric>Active</ColumnHeader>
        <ColumnHeader isNumeric>Archived</ColumnHeader>
        <ColumnHeader isNumeric>Groups</ColumnHeader>
        <ColumnHeader isNumeric>Unconfirmed</ColumnHeader>
        <ColumnHeader>As of</ColumnHeader>
      </TableHead>
      <TableBody>
        {tenants.map((tenant) => (
          <TenantRow key={tenant.id} tenant={tenant} now={now} />
        ))}
      </TableBody>
    </Table>
  );
}

function TenantRow({ tenant, now }: { tenant: TenantSummary; now: Date }) {
  const archived = tenant.users !== null && tenant.active !== null ? tenant.users - tenant.active : null;
  return (
    <Row>
      <Cell isRowHeader className="stacked:grow stacked:basis-[55%]">
        <Named name={tenant.name}>
          <RowLink href={`/tenants/${tenant.id}`}>{tenant.name}</RowLink>
        </Named>
      </Cell>
      <Cell>
        <TenantStateCell tenant={tenant} now={now} />
      </Cell>
      <Cell label="Mode" isQuiet>
        {modeWords[tenant.mode].word}
      </Cell>
      <Cell label="Active" isNumeric>
        {toCount(tenant.active)}
      </Cell>
      <Cell label="Archived" isNumeric isQuiet className="max-sm:hidden!">
        {toCount(archived)}
      </Cell>
      <Cell label="Groups" isNumeric isQuiet className="max-sm:hidden!">
        {toCount(tenant.groups)}
      </Cell>
      <Cell label="Unconfirmed" isNumeric isQuiet>
        {toCount(tenant.unconfirmed)}
      </Cell>
      <Cell label="As of" isQuiet>
        <AsOf readAt={tenant.readAt} />
      </Cell>
    </Row>
  );
}

/** A dash means unknown, not zero. */
function toCount(count: number | null): string {
  return count?.toLocaleString("en-GB") ?? "–";
}
