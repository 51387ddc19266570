import type { ReactNode } from "react";
import { Code } from "@/components/ui/code";
import { LadderBar } from "@/components/ui/ladder-bar";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { changeStandingWords, toNamedTitle } from "@/components/words/change-words";
import { toLadderCounts } from "@/components/words/ladder-counts";
import { WordStatus } from "@/components/words/word-status";
import { countOnLadder } from "@/components/changes/model/progress-words";
import { formatChangeNumber } from "@/lib/change-number";
import type { ChangeRow } from "@/lib/changes/types";

/** Changes, newest first, each with the progress of its operations. */
export function ChangesTable({ rows }: { rows: readonly ChangeRow[] }) {
  return (
    <Table label="Changes">
      <TableHead>
        <ColumnHeader>Change</ColumnHeader>
        <ColumnHeader>Title</ColumnHeader>
        <ColumnHeader>State</ColumnHeader>
        <ColumnHeader isNumeric>Tenants</ColumnHeader>
        <ColumnHeader>Operations</ColumnHeader>
        <ColumnHeader>Requested by</ColumnHeader>
        <ColumnHeader>When</ColumnHeader>
        <ColumnHeader>Ticket</ColumnHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <ChangeLine key={row.id} row={row} />
        ))}
      </TableBody>
    </Table>
  );
}

function ChangeLine({ row }: { row: ChangeRow }) {
  return (
    <Row>
      <Cell>
        <Code className="whitespace-nowrap text-ink-2">{formatChangeNumber(row.number)}</Code>
      </Cell>
      <Cell isRowHeader className="stacked:flex-1">
        <RowLink href={`/changes/${row.id}`}>{toNamedTitle(row)}</RowLink>
      </Cell>
      <Cell>
        <WordStatus word={changeStandingWords[row.standing]} />
      </Cell>
      <Cell label="Tenants" isNumeric>
        {row.tenants}
      </Cell>
      <Cell label="Operations" className="lg:w-44">
        <Operations row={row} />
      </Cell>
      <Cell label="Requested by" isQuiet>
        {row.requestedBy}
      </Cell>
      <Cell label="When" isQuiet>
        <Time at={row.requestedAt} />
      </Cell>
      <Cell label="Ticket" isQuiet>
        {row.ticket ? <Code>{row.ticket}</Code> : null}
      </Cell>
    </Row>
  );
}

/** A plan that was not applied shows a count and no bar; one that was cancelled half-way shows a bar. */
function Operations({ row }: { row: ChangeRow }): ReactNode {
  const total = countOnLadder(row.counts);
  const gone = total - row.counts.planned - row.counts.held;
  if ((row.state === "cancelled" && gone === 0) || row.state === "expired")
    return <span className="text-ink-3">not applied</span>;
  if (row.state === "planning") return <span className="text-ink-3">no plan yet</span>;
  if (row.state === "ready" || row.state === "scheduled")
    return (
      <span className="text-ink-2">{total > 0 ? `${total.toLocaleString("en-GB")} planned` : "none"}</span>
    );
  return (
    <span className="flex items-center gap-2">
      <LadderBar
        counts={toLadderCounts(row.counts)}
        label={`Operations of ${formatChangeNumber(row.number)}`}
      />
      <span className="text-12 text-ink-3 tabular-nums">{total}</span>
    </span>
  );
}
