import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, ColumnHeader, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { toDuration } from "@/components/words/duration-words";
import { toCatalogueCode } from "@/components/words/error-words";
import { readStateWords } from "@/components/words/read-words";
import { WordStatus } from "@/components/words/word-status";
import { loadReads } from "@/lib/directory/loaders";
import type { ReadRow } from "@/lib/directory/types";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";

const rowsMax = 8;

/** The last reads of the directory, and the changes each found since the one before. */
export async function ReadsCard({ tenantId }: { tenantId: string }) {
  const reads = (await loadReads(tenantId)).slice(0, rowsMax);
  return (
    <Card title="Reads of the directory" note="only a full read replaces what Rollcall shows" isFlush>
      {reads.length === 0 ? (
        <EmptyState kind="nothing-yet" title="Not read yet">
          The first read starts once the tenant has answered.
        </EmptyState>
      ) : (
        <Table label="Reads, newest first">
          <TableHead>
            <ColumnHeader>When</ColumnHeader>
            <ColumnHeader>Result</ColumnHeader>
            <ColumnHeader>Requested by</ColumnHeader>
            <ColumnHeader isNumeric>People</ColumnHeader>
            <ColumnHeader isNumeric>Groups</ColumnHeader>
            <ColumnHeader>People changed</ColumnHeader>
            <ColumnHeader isNumeric>Took</ColumnHeader>
          </TableHead>
          <TableBody>
            {reads.map((read) => (
              <ReadLine key={read.id} read={read} />
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

function ReadLine({ read }: { read: ReadRow }) {
  const isWhole = read.state === "complete";
  return (
    <Row>
      <Cell isRowHeader className="stacked:grow stacked:basis-[55%]">
        <Time at={read.finishedAt ?? read.requestedAt} />
      </Cell>
      <Cell>
        <WordStatus word={readStateWords[read.state]} />
        {read.state === "failed" ? (
          <span className="block text-12 text-ink-3">
            {getCatalogueEntry(toCatalogueCode(read.reason ?? "")).title}
          </span>
        ) : null}
      </Cell>
      <Cell label="Asked by" isQuiet>
        {read.requestedBy}
      </Cell>
      <Cell label="People" isNumeric>
        {isWhole ? read.users.toLocaleString("en-GB") : "–"}
      </Cell>
      <Cell label="Groups" isNumeric isQuiet>
        {isWhole ? read.groups.toLocaleString("en-GB") : "–"}
      </Cell>
      <Cell label="Changed" isQuiet>
        {isWhole ? <Differences read={read} /> : "–"}
      </Cell>
      <Cell label="Took" isNumeric isQuiet>
        {read.startedAt && read.finishedAt
          ? toDuration(read.finishedAt.getTime() - read.startedAt.getTime())
          : "–"}
      </Cell>
    </Row>
  );
}

function Differences({ read: { added, changed, removed } }: { read: ReadRow }) {
  if (added + changed + removed === 0) return <>none</>;
  const parts = [
    { glyph: "+", count: added, word: "added" },
    { glyph: "~", count: changed, word: "changed" },
    { glyph: "−", count: removed, word: "gone" },
  ].filter(({ count }) => count > 0);
  return (
    <span className="flex flex-wrap gap-x-3">
      {parts.map(({ glyph, count, word }) => (
        <span key={word} className="whitespace-nowrap tabular-nums">
          <span aria-hidden>{glyph} </span>
          {count.toLocaleString("en-GB")} {word}
        </span>
      ))}
    </span>
  );
}
