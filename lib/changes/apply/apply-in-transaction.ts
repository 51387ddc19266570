import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { GUARDED_KIND } from "@/lib/db/state-lists";
import type { Transaction } from "@/lib/db/transaction";
import { AppError, refuse } from "@/lib/errors";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import { readFacts } from "@/lib/changes/plan/facts";
import { changeCan } from "@/lib/changes/model/change-can";
import {
  lockChange,
  type LockedChange,
  readChangeFacts,
  recordChangeEvent,
} from "@/lib/changes/model/locked-change";
import { makePlan } from "@/lib/changes/plan/plan";
import { recordInRoster } from "@/lib/changes/apply/record-in-roster";
import { hashPlan } from "@/lib/changes/plan/plan-hash";
import type { Plan, PlannedOperation } from "@/lib/changes/model/plan-types";
import { unwatched, type Watch } from "@/lib/changes/model/watch";
import { resolveScheduleMissed } from "@/lib/changes/issues/schedule-missed";

/**
 * Applies a plan as it was shown, in the caller's transaction. The plan is made again first: if the directory, a mode
 * or a rail changed since, the hash differs and nothing is queued. The roster records the change's decisions. Applying
 * twice has the effect of applying once.
 * @throws AppError conflict when the fleet is stopped, or the plan is stale, expired, discarded, or has nothing to
 * apply.
 */
export async function applyInTransaction(
  tx: Transaction,
  scope: Scope,
  input: { changeId: string; planHash: string; watch?: Watch },
): Promise<void> {
  const change = await lockChange(tx, scope, input.changeId);
  if (!(await isToApply(tx, change, input.planHash))) return;
  await planAgain(tx, scope, change, { states: ["planned"], watch: input.watch });
  const tenantIds = await queueRuns(tx, change.id);
  await setApplied(tx, change.id, tenantIds.length > 0);
  await resolveScheduleMissed(tx, scope, change);
  await recordChangeEvent(tx, scope, change, {
    action: "change.applied",
    tenantIds: tenantIds.length > 0 ? tenantIds : change.tenantIds,
  });
  for (const tenantId of tenantIds) await enqueue(tx, tenantWorkJob, { tenantId });
}

/**
 * @returns false when it was applied before, which is no error.
 * @throws AppError conflict as applyInTransaction does, before anything is planned.
 */
export async function isToApply(tx: Transaction, change: LockedChange, planHash: string): Promise<boolean> {
  if (change.planHash !== planHash) throw stale();
  // A worker's own task must not count here: it is what is being done.
  const facts = await readChangeFacts(tx, { ...change, task: null });
  if (changeCan.apply.isDone(facts)) return false;
  refuse(changeCan.apply.whyNot(facts));
  await refuseIfStopped(tx);
  return true;
}

type PlannedAgain = { states: readonly PlannedOperation["state"][]; watch?: Watch };

/**
 * Makes the plan again under locks, and records in the roster what it applies.
 * @param again `states`: the states of the lines to apply.
 * @throws AppError conflict when the new plan differs from the one that was shown.
 */
export async function planAgain(
  tx: Transaction,
  scope: Scope,
  change: LockedChange,
  { states, watch = unwatched }: PlannedAgain,
): Promise<Plan> {
  // Two plans that are each below a limit must not both pass it, so one waits for the other here. The fleet's limits
  // span all tenants, and a worker may not lock the fleet's row. Lock tenants first, as a sync does before this
  // function; the other order could deadlock. A plan that no limit counts waits for nobody.
  await tx.$queryRaw`SELECT id FROM tenant WHERE id = ANY (${change.tenantIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended('rails of the fleet', 0))
     WHERE EXISTS (SELECT FROM operation WHERE change_id = ${change.id}::uuid AND kind IN ${GUARDED_KIND})`;
  const facts = await readFacts(tx, change.intent, change.id, watch);
  await watch("comparing", 0, 0);
  const plan = makePlan(change.intent, facts.tenants, facts.owners, facts.fleet);
  if (hashPlan(plan) !== change.planHash) throw stale();
  await watch("storing", 0, 0);
  await actForAuthors(tx, change);
  await recordInRoster(tx, scope, change, { plan, tenants: facts.tenants, states });
  return plan;
}

/**
 * What applying a change moves in the roster has the change's authors, whoever pressed the button, a worker or an
 * approver. A sync moves nothing by itself.
 */
export async function actForAuthors(tx: Transaction, { id, kind }: LockedChange): Promise<void> {
  const applied = kind === "reconcile" ? "" : id;
  await tx.$executeRaw`SELECT set_config('app.operator', '', true), set_config('app.change', ${applied}, true)`;
}

/** @throws AppError conflict while the stop button is pressed. */
export async function refuseIfStopped(tx: Transaction): Promise<void> {
  const [fleet] = await tx.$queryRaw<{ isStopped: boolean }[]>`
    SELECT stopped_at IS NOT NULL AS "isStopped" FROM fleet`;
  if (!fleet?.isStopped) return;
  const { title, cause, remedy } = getCatalogueEntry("fleet-stopped");
  throw new AppError("conflict", `${title}. ${cause} ${remedy}`);
}

export function stale(): AppError {
  return new AppError(
    "conflict",
    "The plan has changed since you opened it: a directory, a tenant's mode or a limit is different now. Nothing was sent. Plan it again.",
  );
}

async function setApplied(tx: Transaction, changeId: string, isSending: boolean): Promise<void> {
  const at = new Date();
  await tx.change.updateMany({
    where: { id: changeId },
    data: isSending ? { state: "applying", appliedAt: at } : { state: "done", appliedAt: at, finishedAt: at },
  });
}

/** Moves planned operations and their runs to queued. Refused and held ones keep their state. */
async function queueRuns(tx: Transaction, changeId: string): Promise<string[]> {
  await tx.$executeRaw`
    UPDATE operation SET state = 'queued', next_at = now() WHERE change_id = ${changeId}::uuid AND state = 'planned'`;
  const rows = await tx.$queryRaw<{ tenantId: string }[]>`
    UPDATE run SET state = 'queued', queued_at = now(), next_at = now()
     WHERE change_id = ${changeId}::uuid AND state = 'planned'
       AND EXISTS (SELECT FROM operation o WHERE o.run_id = run.id AND o.state = 'queued')
    RETURNING tenant_id AS "tenantId"`;
  return rows.map(({ tenantId }) => tenantId);
}
