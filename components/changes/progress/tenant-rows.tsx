import type { ReactNode } from "react";
import { toTenantRowWord, toLastWord } from "@/components/changes/progress/tenant-row-words";
import { countOnLadder } from "@/components/changes/model/progress-words";
import { Due } from "@/components/changes/model/due";
import { runAnchor } from "@/components/changes/progress/run-operations";
import { SteeringCancel } from "@/components/changes/steering/cancel-dialog";
import { type Stall, type TenantNotes, toStall } from "@/components/changes/model/tenant-note";
import type { Viewer } from "@/components/changes/model/viewer";
import type { ChangeView, RunView } from "@/components/changes/model/wire";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LadderBar } from "@/components/ui/ladder-bar";
import { Named } from "@/components/ui/monogram";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { toLadderCounts } from "@/components/words/ladder-counts";
import { WordStatus } from "@/components/words/word-status";
import { changeCan } from "@/lib/changes/model/change-can";
import { stageOf } from "@/lib/changes/model/change-facts";
import { runCan } from "@/lib/changes/model/run-can";

type TenantRowsProps = {
  change: ChangeView;
  notes: TenantNotes;
  viewer: Viewer;
  refetch: () => Promise<unknown>;
};

/** One row a tenant: a slow or stuck one is visible, does not delay the others, and can be cancelled alone. */
export function TenantRows({ change, notes, viewer, refetch }: TenantRowsProps) {
  const { runs } = change;
  const hasCancel = viewer.canApply && changeCan.cancel({ state: stageOf(change) }) && runs.length > 1;
  return (
    <Card isFlush>
      <Table label="Tenants of this change">
        <TableHead>
          <ColumnHeader>Tenant</ColumnHeader>
          <ColumnHeader>Now</ColumnHeader>
          <ColumnHeader>Progress</ColumnHeader>
          <ColumnHeader isNumeric>Confirmed</ColumnHeader>
          <ColumnHeader>Latest</ColumnHeader>
          {hasCancel ? <ColumnHeader isHidden>Cancel</ColumnHeader> : null}
        </TableHead>
        <TableBody>
          {runs.map((run) => (
            <TenantRow key={run.id} run={run} stall={toStall(run, notes[run.tenantId])}>
              {hasCancel ? (
                <Cell>
                  {runCan.cancel(run) ? <CancelHere change={change} run={run} refetch={refetch} /> : null}
                </Cell>
              ) : null}
            </TenantRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

type CancelHereProps = { change: ChangeView; run: RunView; refetch: () => Promise<unknown> };

function CancelHere({ change, run, refetch }: CancelHereProps) {
  const trigger = (
    <Button variant="quiet" size="small" aria-label={`Cancel the rest in ${run.tenantName}`}>
      Cancel…
    </Button>
  );
  return <SteeringCancel change={change} run={run} refetch={refetch} trigger={trigger} />;
}

function TenantRow({ run, stall, children }: { run: RunView; stall: Stall | null; children: ReactNode }) {
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
        <WordStatus word={toTenantRowWord(run, stall)} />
      </Cell>
      <Cell className="min-[54rem]:w-1/4 stacked:basis-full stacked:py-1.5">
        <LadderBar counts={toLadderCounts(run.counts)} label={`Operations in ${run.tenantName}`} />
      </Cell>
      <Cell label="Confirmed" isNumeric>
        {total > 0 ? `${run.counts.confirmed} of ${total}` : "–"}
      </Cell>
      <Cell label="Latest" isQuiet className="min-[54rem]:w-1/3">
        {stall?.fix ? (
          <TextLink href={stall.fix.href} className="relative z-10 mr-2">
            {stall.fix.label}
          </TextLink>
        ) : null}
        {text} {!at ? null : due ? <Due what={due} at={at} /> : <Time at={at} />}
      </Cell>
      {children}
    </Row>
  );
}
