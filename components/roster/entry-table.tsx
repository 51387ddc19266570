import { guardWords, sourceWords, toEntryWord } from "@/components/roster/roster-words";
import { Badge } from "@/components/ui/badge";
import { Code } from "@/components/ui/code";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { WordStatus } from "@/components/words/word-status";
import type { EntryRow } from "@/lib/roster/dto";
import type { TenantDetail } from "@/lib/tenants/types";

type EntryTableProps = {
  rows: readonly EntryRow[];
  tenant: TenantDetail;
  hrefOf: (userNameKey: string) => string;
};

export function EntryTable({ rows, tenant, hrefOf }: EntryTableProps) {
  return (
    <Table label={`Roster of ${tenant.name}`}>
      <TableHead>
        <ColumnHeader>Address</ColumnHeader>
        <ColumnHeader>State</ColumnHeader>
        <ColumnHeader>Source</ColumnHeader>
        <ColumnHeader>Set by operators</ColumnHeader>
        <ColumnHeader>Groups</ColumnHeader>
        <ColumnHeader>Guards</ColumnHeader>
        <ColumnHeader>Changed</ColumnHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.userNameKey}>
            <Cell isRowHeader>
              <RowLink href={hrefOf(row.userNameKey)}>
                <Code>{row.userName}</Code>
              </RowLink>
            </Cell>
            <Cell>
              <WordStatus word={toEntryWord(row)} />
            </Cell>
            <Cell label="Source">
              {sourceWords[row.source]}
              {row.hasAccount ? null : <span className="text-ink-3">, no account in KnowBe4</span>}
            </Cell>
            <Cell label="Set by operators" isQuiet>
              {row.overrides > 0 ? countOf(row.overrides, "field", "fields") : null}
            </Cell>
            <Cell label="Groups" isQuiet>
              {row.groups.length > 0 ? row.groups.join(", ") : null}
            </Cell>
            <Cell label="Guards">
              {row.guards.length > 0 ? (
                <span className="flex flex-wrap gap-1">
                  {row.guards.map((kind) => (
                    <Badge key={kind} kind="held">
                      {guardWords[kind].word}
                    </Badge>
                  ))}
                </span>
              ) : null}
            </Cell>
            <Cell label="Changed" isQuiet>
              <Time at={row.updatedAt} /> by {row.updatedBy}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
