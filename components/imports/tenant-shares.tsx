import { Card } from "@/components/ui/card";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import type { ImportDetail } from "@/lib/imports/types";

/** The number of rows of each tenant. */
export function TenantShares({ byTenant }: Pick<ImportDetail, "byTenant">) {
  return (
    <Card title="Rows by tenant" isFlush>
      <Table label="Rows by tenant">
        <TableHead>
          <ColumnHeader>Tenant</ColumnHeader>
          <ColumnHeader isNumeric>Good rows</ColumnHeader>
          <ColumnHeader isNumeric>To repair</ColumnHeader>
        </TableHead>
        <TableBody>
          {byTenant.map(({ tenantId, name, good, bad }) => (
            <Row key={tenantId ?? "none"}>
              <Cell isRowHeader className="stacked:flex-1">
                {tenantId === null ? (
                  "No tenant found"
                ) : (
                  <RowLink href={`/tenants/${tenantId}`}>{name}</RowLink>
                )}
              </Cell>
              <Cell label="Good rows" isNumeric>
                {good.toLocaleString("en-GB")}
              </Cell>
              <Cell label="To repair" isNumeric>
                {bad.toLocaleString("en-GB")}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
