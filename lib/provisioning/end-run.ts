import "server-only";
import { appendEvent } from "@/lib/audit/append";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { nameOfChange } from "@/lib/provisioning/name-of-change";
import {
  countStates,
  endOfChange,
  endOfRun,
  openStates,
  type OperationCounts,
  type RunState,
} from "@/lib/provisioning/progress";
import { LeaseLostError, type TakenRun } from "@/lib/provisioning/run-lease";
import { recordVerdict } from "@/lib/provisioning/tenant-verdict";
import type { TenantVerdict } from "@/lib/provisioning/tenant-watch";

/**
 * Lets go of a run after a drive: finished when nothing of it is open, else queued again for when its next operation
 * or its tenant is due. What the drive learnt about the tenant is written in the same transaction.
 * @returns whether the run has ended, so that the tenant's next one may begin.
 * @throws LeaseLostError
 */
export async function endDrive(scope: Scope, run: TakenRun, verdict: TenantVerdict): Promise<boolean> {
  return transaction(scope, async (tx) => {
    await recordVerdict(tx, scope, run, verdict);
    // Held operations may be let go at this moment: whoever locks the run second counts them.
    await tx.$queryRaw`SELECT id FROM run WHERE id = ${run.id}::uuid FOR NO KEY UPDATE`;
    const counts = await countRun(tx, run.id);
    const end = endOfRun(counts);
    return end ? finishRun(tx, scope, run, end, counts) : requeueRun(tx, run, verdict);
  });
}

async function finishRun(
  tx: Transaction,
  scope: Scope,
  run: TakenRun,
  end: "done" | "failed",
  counts: OperationCounts,
) {
  const finished = await tx.$executeRaw`
    UPDATE run SET state = ${end}, finished_at = now(), lease_until = NULL
     WHERE id = ${run.id}::uuid AND epoch = ${run.epoch} AND state = 'running'`;
  if (finished === 0) throw new LeaseLostError();
  await appendEvent(tx, scope, {
    action: "run.finished",
    tenantId: run.tenantId,
    changeId: run.changeId,
    target: await nameOfChange(tx, run.changeId),
    result: end,
    details: { run: run.id, ...toDetails(counts) },
  });
  await finishChange(tx, scope, run);
  return true;
}

/**
 * Due again with the first operation that may be claimed then. One that waits for another does not count: it is due
 * from the start. And not before a second has passed: what is due and was not claimed is held by a worker that froze,
 * and a run that is woken for it would be taken and let go without a pause.
 */
async function requeueRun(tx: Transaction, run: TakenRun, verdict: TenantVerdict): Promise<false> {
  const reason = verdict.kind === "well" ? null : verdict.reason;
  const requeued = await tx.$executeRaw`
    UPDATE run SET state = 'queued', lease_until = NULL, reason = ${reason}, next_at = coalesce((
           SELECT greatest(min(o.next_at), now() + interval '1 second') FROM operation o
            WHERE o.run_id = run.id AND o.state = ANY (${[...openStates]}::text[])
              AND NOT EXISTS (SELECT FROM operation d WHERE d.id = ANY (o.depends_on)
                                 AND d.state IN ('queued', 'sent', 'unknown', 'held'))
           HAVING count(*) > 0), now() + interval '1 minute')
     WHERE id = ${run.id}::uuid AND epoch = ${run.epoch} AND state = 'running'`;
  if (requeued === 0) throw new LeaseLostError();
  return false;
}

/** The change ends with its last run. Its row is locked, so two runs that end at once do not both miss the other. */
export async function finishChange(
  tx: Transaction,
  scope: Scope,
  run: Pick<TakenRun, "changeId" | "tenantId">,
): Promise<void> {
  await tx.$queryRaw`SELECT id FROM change WHERE id = ${run.changeId}::uuid FOR UPDATE`;
  // A worker reaches one tenant; whether the other tenants' runs have ended is asked without their rows.
  const [row] = await tx.$queryRaw<
    { states: RunState[] }[]
  >`SELECT run_states_of_change(${run.changeId}::uuid) AS states`;
  const end = endOfChange(row?.states ?? []);
  if (!end) return;
  const finished = await tx.$executeRaw`
    UPDATE change SET state = ${end}, finished_at = now() WHERE id = ${run.changeId}::uuid AND state = 'applying'`;
  if (finished === 0) return;
  await appendEvent(tx, scope, {
    action: "change.finished",
    tenantId: run.tenantId,
    changeId: run.changeId,
    target: await nameOfChange(tx, run.changeId),
    result: end,
  });
}

async function countRun(tx: Transaction, runId: string): Promise<OperationCounts> {
  const rows = await tx.$queryRaw<{ state: string; count: number }[]>`
    SELECT state, count(*)::int AS count FROM operation WHERE run_id = ${runId}::uuid GROUP BY state`;
  return countStates(rows);
}

function toDetails(counts: OperationCounts): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
