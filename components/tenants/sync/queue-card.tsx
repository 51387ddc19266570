import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { LadderBar } from "@/components/ui/ladder-bar";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { toNamedTitle } from "@/components/words/change-words";
import { countOf } from "@/components/words/count-words";
import { toLadderCounts } from "@/components/words/ladder-counts";
import { toRunWord } from "@/components/words/run-words";
import { WordStatus } from "@/components/words/word-status";
import type { Queue, QueuedRun } from "@/lib/changes/tenant-queue";
import { formatChangeNumber } from "@/lib/change-number";
import type { TenantDetail } from "@/lib/tenants/types";

/** The tenant's queue in order: one change at a time, first come, first served. */
export function QueueCard({ queue: { runs, total }, tenant }: { queue: Queue; tenant: TenantDetail }) {
  const more = total - runs.length;
  return (
    <Card title="Queue" note="one change at a time, in order" isFlush>
      {runs.length === 0 ? (
        <p className="p-4 text-ink-2">
          The queue is empty. Changes applied in {tenant.name} while another one runs wait here.
        </p>
      ) : (
        <Table label={`Queue of ${tenant.name}, in order`}>
          <TableHead>
            <ColumnHeader isNumeric>Position</ColumnHeader>
            <ColumnHeader>Change</ColumnHeader>
            <ColumnHeader>State</ColumnHeader>
            <ColumnHeader className="w-48">Ladder</ColumnHeader>
            <ColumnHeader>Requested by</ColumnHeader>
            <ColumnHeader>Waiting since</ColumnHeader>
          </TableHead>
          <TableBody>
            {runs.map((run, index) => (
              <QueueLine key={run.runId} run={run} turn={run.state === "paused" ? null : index + 1} />
            ))}
          </TableBody>
        </Table>
      )}
      {more > 0 ? (
        <p className="border-t border-line px-4 py-2 text-12 text-ink-3">
          {countOf(more, "more waits", "more wait")} behind these.
        </p>
      ) : null}
    </Card>
  );
}

function QueueLine({ run, turn }: { run: QueuedRun; turn: number | null }) {
  return (
    <Row>
      <Cell label="Position" isNumeric isQuiet>
        {turn ?? "–"}
      </Cell>
      <Cell isRowHeader>
        <span className="flex items-baseline gap-2">
          <Code className="text-ink-2">{formatChangeNumber(run.number)}</Code>
          <RowLink href={`/changes/${run.changeId}`}>{toNamedTitle(run)}</RowLink>
        </span>
      </Cell>
      <Cell label="State">
        <WordStatus word={toRunWord(run)} />
      </Cell>
      <Cell label="Ladder">
        <LadderBar counts={toLadderCounts(run.counts)} label="Operations" />
      </Cell>
      <Cell label="Asked by" isQuiet>
        {run.requestedBy}
      </Cell>
      <Cell label="Waiting since" isQuiet>
        <Time at={run.startedAt ?? run.queuedAt ?? run.requestedAt} />
      </Cell>
    </Row>
  );
}
