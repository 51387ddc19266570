import "server-only";
import { appendEvent, appendEvents } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import { UNFINISHED_RUN } from "@/lib/db/state-lists";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { type RefusalWords, refuse } from "@/lib/errors";
import { changeCan } from "@/lib/changes/model/change-can";
import { stageOf } from "@/lib/changes/model/change-facts";
import { runCan } from "@/lib/changes/model/run-can";
import { CANCELLED, countStates, endOfChange, endOfRun, type RunState } from "@/lib/changes/model/states";
import { lockToSteer, recordSteeringEvent } from "@/lib/changes/steering/lock-applying-change";
import type { CancelChange } from "@/lib/changes/steering/schema";
import { formatChangeNumber } from "@/lib/change-number";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";

/**
 * Cancels a change that is being applied, in one tenant or in all. Unsent operations are cancelled; those that may
 * have been sent are settled by reading, and accepted ones are still read back: a request cannot be recalled. A
 * worker still sends what it claimed a moment ago.
 * @throws AppError conflict when nothing is left to send.
 */
export async function cancelChange(scope: Scope, input: CancelChange): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(
    scope,
    async (tx) => {
      const change = await lockToSteer(tx, scope, input.changeId, changeCan.cancel);
      const tenantIds = change.tenantIds.filter((id) => !input.tenantId || id === input.tenantId);
      refuse(changeCan.cancel.whyNot({ state: stageOf(change) }));
      refuse(whyNoRun(await listRuns(tx, change.id, tenantIds)));
      await cancelUnsent(tx, change.id, tenantIds);
      const open = await markRuns(tx, change.id, tenantIds);
      await setCancelledBy(tx, scope, change.id, input.reason);
      await recordSteeringEvent(tx, scope, change, {
        action: "change.cancelled",
        tenantIds,
        result: "cancelled",
        reason: input.reason,
      });
      await endRuns(tx, scope, change, open);
      for (const { tenantId } of open) await enqueue(tx, tenantWorkJob, { tenantId });
    },
    { timeoutMs: 60_000 },
  );
}

function cancelUnsent(tx: Transaction, changeId: string, tenantIds: readonly string[]): Promise<number> {
  return tx.$executeRaw`
    UPDATE operation SET state = 'cancelled', reason = ${CANCELLED}
     WHERE change_id = ${changeId}::uuid AND tenant_id = ANY (${tenantIds}::uuid[])
       AND state IN ('planned', 'held', 'queued')`;
}

type OpenRun = { id: string; tenantId: string; state: RunState };

/** A worker settles what may have been sent, so a cancelled run that was paused returns to the queue. */
function markRuns(tx: Transaction, changeId: string, tenantIds: readonly string[]): Promise<OpenRun[]> {
  return tx.$queryRaw<OpenRun[]>`
    UPDATE run SET reason = ${CANCELLED}, next_at = now(),
           state = CASE WHEN state = 'paused' THEN CASE WHEN lease_until > now() THEN 'running' ELSE 'queued' END ELSE state END
     WHERE change_id = ${changeId}::uuid AND tenant_id = ANY (${tenantIds}::uuid[])
       AND (state IN ${UNFINISHED_RUN}
            OR (state = 'planned' AND EXISTS (SELECT FROM operation o WHERE o.run_id = run.id AND o.reason = ${CANCELLED})))
    RETURNING id, tenant_id AS "tenantId", state`;
}

/**
 * Records on the change who cancelled last. A paused change with a share left in another tenant stays paused and
 * keeps the name of the operator who paused it.
 */
async function setCancelledBy(
  tx: Transaction,
  scope: Scope,
  changeId: string,
  reason: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE change c SET paused_at = NULL, steered_by = ${operatorIdOf(scope)}::uuid, steer_reason = ${reason}
     WHERE id = ${changeId}::uuid AND (paused_at IS NULL OR NOT EXISTS (
           SELECT FROM run r WHERE r.change_id = c.id AND r.state IN ${UNFINISHED_RUN}
              AND r.reason IS DISTINCT FROM ${CANCELLED}))`;
}

type Cancelled = { id: string; number: number };

/**
 * Ends runs without open operations that no worker holds: in a paused or quarantined tenant no worker would end them.
 * The change ends with its last run, here or in a worker.
 */
async function endRuns(
  tx: Transaction,
  scope: Scope,
  change: Cancelled,
  runs: readonly OpenRun[],
): Promise<void> {
  const ended: { run: OpenRun; end: string }[] = [];
  for (const run of runs) {
    if (run.state === "running") continue;
    const rows = await tx.$queryRaw<{ state: string; count: number }[]>`
      SELECT state, count(*)::int AS count FROM operation WHERE run_id = ${run.id}::uuid GROUP BY state`;
    const end = endOfRun(countStates(rows));
    if (!end) continue;
    await tx.run.updateMany({
      where: { id: run.id },
      data: { state: end, finishedAt: new Date(), leaseUntil: null },
    });
    ended.push({ run, end });
  }
  const target = formatChangeNumber(change.number);
  const shared = { changeId: change.id, target };
  await appendEvents(
    tx,
    scope,
    ended.map(({ run, end }) => ({
      ...shared,
      action: "run.finished",
      tenantId: run.tenantId,
      result: end,
      details: { run: run.id },
    })),
  );
  const states = await tx.run.findMany({
    where: { changeId: change.id },
    select: { state: true, tenantId: true },
  });
  const end = endOfChange(states.map(({ state }) => state as RunState));
  const [last] = states;
  if (!end || !last) return;
  await tx.change.updateMany({
    where: { id: change.id },
    data: { state: end, finishedAt: new Date() },
  });
  await appendEvent(tx, scope, {
    ...shared,
    action: "change.finished",
    tenantId: last.tenantId,
    result: end,
  });
}

type CountedRun = Parameters<typeof runCan.cancel>[0];

/** Why none of these runs can be cancelled; null when one can. */
function whyNoRun(runs: readonly CountedRun[]): RefusalWords | null {
  return runs.some(runCan.cancel) ? null : runCan.cancel.whyNot(runs[0] ?? noRun);
}

const noRun: CountedRun = { state: "done", counts: countStates([]) };

async function listRuns(
  tx: Transaction,
  changeId: string,
  tenantIds: readonly string[],
): Promise<CountedRun[]> {
  const runs = await tx.$queryRaw<{ state: RunState; states: { state: string; count: number }[] }[]>`
    SELECT r.state, coalesce((SELECT jsonb_agg(c) FROM (SELECT n.state, sum(n.delta)::int AS count
             FROM operation_tally n WHERE n.run_id = r.id GROUP BY n.state) c), '[]') AS states
      FROM run r WHERE r.change_id = ${changeId}::uuid AND r.tenant_id = ANY (${tenantIds}::uuid[])`;
  return runs.map(({ state, states }) => ({ state, counts: countStates(states) }));
}
