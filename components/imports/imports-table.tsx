import { importModeWords, toImportWord } from "@/components/imports/import-words";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { countOf, listOf } from "@/components/words/count-words";
import { WordStatus } from "@/components/words/word-status";
import { formatChangeNumber } from "@/lib/change-number";
import type { ImportSummary } from "@/lib/imports/types";

/** Files, newest first. */
export function ImportsTable({ rows }: { rows: readonly ImportSummary[] }) {
  const now = new Date();
  return (
    <Table label="Imports">
      <TableHead>
        <ColumnHeader>File</ColumnHeader>
        <ColumnHeader>State</ColumnHeader>
        <ColumnHeader>Tenants</ColumnHeader>
        <ColumnHeader isNumeric>Good rows</ColumnHeader>
        <ColumnHeader isNumeric>To repair</ColumnHeader>
        <ColumnHeader>Type</ColumnHeader>
        <ColumnHeader>Uploaded</ColumnHeader>
        <ColumnHeader>Change</ColumnHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell isRowHeader className="stacked:flex-1">
              <RowLink href={`/imports/${row.id}`}>{row.fileName}</RowLink>
            </Cell>
            <Cell>
              <WordStatus word={toImportWord(row, now)} />
            </Cell>
            <Cell label="Tenants">{toTenantWords(row)}</Cell>
            <Cell label="Good rows" isNumeric>
              {wasChecked(row) ? row.good.toLocaleString("en-GB") : "–"}
            </Cell>
            <Cell label="To repair" isNumeric>
              {wasChecked(row) ? row.bad.toLocaleString("en-GB") : "–"}
            </Cell>
            <Cell label="Type" isQuiet>
              {importModeWords[row.mode].word}
            </Cell>
            <Cell label="Uploaded" isQuiet>
              <Time at={row.createdAt} /> by {row.requestedBy}
            </Cell>
            <Cell label="Change">
              {row.change ? (
                <TextLink href={`/changes/${row.change.id}`} className="relative z-10">
                  {formatChangeNumber(row.change.number)}
                </TextLink>
              ) : null}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

/**
 * "Contoso Legal and Fabrikam", "Contoso Legal and 41 others". Before the check, only the number of possible tenants.
 */
export function toTenantWords({
  tenants,
  tenantCount,
  ...counts
}: Pick<ImportSummary, "good" | "bad" | "tenants" | "tenantCount">): string {
  const names = tenants.map(({ name }) => name);
  if (tenantCount > 1 && !wasChecked(counts)) return "named by a column";
  if (tenantCount <= names.length) return listOf(names);
  return `${names[0] ?? ""} and ${countOf(tenantCount - 1, "other", "others")}`;
}

/** A file has at least one row, so a checked one has at least one that is good or bad. It keeps these counts. */
function wasChecked({ good, bad }: Pick<ImportSummary, "good" | "bad">): boolean {
  return good + bad > 0;
}
