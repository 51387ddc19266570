import { toLaneWord, toLastWord } from "@/components/changes/lane-words";
import { countOnLadder } from "@/components/changes/progress-words";
import { Due } from "@/components/changes/due";
import { runAnchor } from "@/components/changes/run-operations";
import { type Stall, type TenantNotes, toStall } from "@/components/changes/tenant-note";
import type { RunView } from "@/components/changes/wire";
import { Card } from "@/components/ui/card";
import { LadderBar } from "@/components/ui/ladder-bar";
import { Named } from "@/components/ui/monogram";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { toLadderCounts } from "@/components/words/ladder-counts";
import { WordStatus } from "@/components/words/word-status";

/** Each tenant beside the others: one that is slow or stuck shows, and never holds another up. */
export function TenantLanes({ runs, notes }: { runs: readonly RunView[]; notes: TenantNotes }) {
  return (
    <Card isFlush>
      <Table label="Tenants of this change">
        <TableHead>
          <ColumnHeader>Tenant</ColumnHeader>
          <ColumnHeader>Now</ColumnHeader>
          <ColumnHeader>Ladder</ColumnHeader>
          <ColumnHeader isNumeric>Confirmed</ColumnHeader>
          <ColumnHeader>Last word</ColumnHeader>
        </TableHead>
        <TableBody>
          {runs.map((run) => (
            <Lane key={run.id} run={run} stall={toStall(run, notes[run.tenantId])} />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function Lane({ run, stall }: { run: RunView; stall: Stall | null }) {
  const total = countOnLadder(run.counts);
  const { text, at, due } = toLastWord(run, stall);
  return (
    <Row>
      <Cell isRowHeader>
        <RowLink href={`#${runAnchor(run)}`}>
          <Named name={run.tenantName} />
        </RowLink>
      </Cell>
      <Cell>
        <WordStatus word={toLaneWord(run, stall)} />
      </Cell>
      <Cell className="w-1/4 stacked:basis-full stacked:py-1.5">
        <LadderBar counts={toLadderCounts(run.counts)} label={`Operations in ${run.tenantName}`} />
      </Cell>
      <Cell label="Confirmed" isNumeric>
        {total > 0 ? `${run.counts.confirmed} of ${total}` : "–"}
      </Cell>
      <Cell label="Last word" isQuiet className="w-1/3">
        {text} {!at ? null : due ? <Due what={due} at={at} /> : <Time at={at} />}
      </Cell>
    </Row>
  );
}
