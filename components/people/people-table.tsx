import { AccountStatus } from "@/components/people/account-status";
import { personHref } from "@/components/people/person-href";
import { Code } from "@/components/ui/code";
import { Named } from "@/components/ui/monogram";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import type { AccountRow } from "@/lib/directory/types";

type PeopleTableProps = {
  label: string;
  rows: readonly AccountRow[];
  /** The link of a row; the person's page by default. */
  hrefOf?: (row: AccountRow) => string;
};

/** A row is an account: a person in three tenants has three. When stacked, the state is beside the name. */
export function PeopleTable({ label, rows, hrefOf = personHref }: PeopleTableProps) {
  return (
    <Table label={label}>
      <TableHead>
        <ColumnHeader>Name</ColumnHeader>
        <ColumnHeader className="min-w-56">Address</ColumnHeader>
        <ColumnHeader>Tenant</ColumnHeader>
        <ColumnHeader>Title</ColumnHeader>
        <ColumnHeader>Department</ColumnHeader>
        <ColumnHeader>State</ColumnHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={`${row.tenantId} ${row.resourceId}`}>
            <Cell isRowHeader className="stacked:-order-2 stacked:flex-1">
              <RowLink href={hrefOf(row)}>{row.displayName || row.userName}</RowLink>
            </Cell>
            <Cell isQuiet className="stacked:basis-full">
              <Code className="[overflow-wrap:anywhere]">{row.userName}</Code>
            </Cell>
            <Cell>
              <Named name={row.tenantName} />
            </Cell>
            <Cell isQuiet>{row.title}</Cell>
            <Cell isQuiet>{row.department}</Cell>
            <Cell className="stacked:-order-1">
              <AccountStatus isActive={row.active} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
