import { ExportLink } from "@/components/layout/export-link";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { EmptyState } from "@/components/ui/empty-state";
import { LadderBar, toLadderText } from "@/components/ui/ladder-bar";
import { LinkButton } from "@/components/ui/link-button";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { changeKindWords } from "@/components/words/change-words";
import { toDuration } from "@/components/words/duration-words";
import { toLadderCounts } from "@/components/words/ladder-counts";
import { toRunWord } from "@/components/words/run-words";
import { WordStatus } from "@/components/words/word-status";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import { loadRuns } from "@/lib/changes/loaders";
import { formatChangeNumber } from "@/lib/change-number";
import type { RunRow } from "@/lib/changes/types";
import type { TenantDetail } from "@/lib/tenants/types";

/** The tenant's history: what each change did here. */
export async function HistoryTab({ tenant }: { tenant: TenantDetail }) {
  const runs = await loadRuns(tenant.id);
  return (
    <>
      <Card
        title="History"
        note="newest first, the last 50"
        isFlush
        aside={<ExportLink list="runs" query={{ tenant: tenant.id }} size="small" />}
      >
        {runs.length === 0 ? (
          <EmptyState
            kind="nothing-yet"
            title="Nothing was sent to this tenant yet"
            action={<LinkButton href="/changes">Open changes</LinkButton>}
          >
            Each change applied here adds a line: requester, reason and progress.
          </EmptyState>
        ) : (
          <RunTable runs={runs} name={tenant.name} />
        )}
      </Card>
      <p className="text-12 text-ink-3">
        Accepted: KnowBe4 took the request. Confirmed: a read of the directory shows the result.
      </p>
    </>
  );
}

function RunTable({ runs, name }: { runs: readonly RunRow[]; name: string }) {
  return (
    <Table label={`History of ${name}, newest first`}>
      <TableHead>
        <ColumnHeader>Change</ColumnHeader>
        <ColumnHeader>State</ColumnHeader>
        <ColumnHeader className="w-56">Ladder</ColumnHeader>
        <ColumnHeader>Why</ColumnHeader>
        <ColumnHeader>Who</ColumnHeader>
        <ColumnHeader>When</ColumnHeader>
        <ColumnHeader isNumeric>Took</ColumnHeader>
      </TableHead>
      <TableBody>
        {runs.map((run) => (
          <RunLine key={run.id} run={run} />
        ))}
      </TableBody>
    </Table>
  );
}

function RunLine({ run }: { run: RunRow }) {
  const counts = toLadderCounts(run.counts);
  return (
    <Row>
      <Cell isRowHeader className="stacked:w-full">
        <span className="flex items-baseline gap-2">
          <Code className="text-ink-2">{formatChangeNumber(run.number)}</Code>
          <RowLink href={`/changes/${run.changeId}`}>{run.title}</RowLink>
          <span className="sr-only">, {changeKindWords[run.kind]}</span>
        </span>
      </Cell>
      <Cell label="State">
        <WordStatus word={toRunWord(run)} />
        {run.reason ? (
          <span className="block text-12 text-ink-3">{getCatalogueEntry(run.reason).title}</span>
        ) : null}
      </Cell>
      <Cell label="Ladder">
        <LadderBar counts={counts} label="Operations" />
        <span aria-hidden className="text-12 text-ink-3">
          {toLadderText(counts)}
        </span>
      </Cell>
      <Cell label="Why" isQuiet>
        {run.changeReason}
        {run.ticket ? <Code className="ml-2 text-ink-3">{run.ticket}</Code> : null}
      </Cell>
      <Cell label="Who" isQuiet>
        {run.requestedBy}
      </Cell>
      <Cell label="When" isQuiet>
        {run.queuedAt ? <Time at={run.queuedAt} /> : "–"}
      </Cell>
      <Cell label="Took" isNumeric isQuiet>
        {run.startedAt && run.finishedAt
          ? toDuration(run.finishedAt.getTime() - run.startedAt.getTime())
          : "–"}
      </Cell>
    </Row>
  );
}
