import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import { LEASED_RUN, UNSENT } from "@/lib/db/state-lists";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { notFound, refuse } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import { applyInTransaction, planAgain, refuseIfStopped, stale } from "@/lib/changes/apply/apply-change";
import { changeCan } from "@/lib/changes/model/change-can";
import { stageOf } from "@/lib/changes/model/change-facts";
import { type Intent, tenantIdsOf } from "@/lib/changes/model/intent";
import {
  lockChange,
  type LockedChange,
  readChangeFacts,
  recordChangeEvent,
} from "@/lib/changes/model/locked-change";
import { closeHeldIssues } from "@/lib/changes/issues/held-issue";
import { recordHeldInRoster } from "@/lib/changes/apply/record-in-roster";
import { planInTransaction, type PlannedChange } from "@/lib/changes/plan/plan-in-transaction";
import type { ApplyChange, DiscardPlan, PlanChange, ApproveHeld, ReplanChange } from "@/lib/changes/schema";

/** A file of a hundred thousand lines is planned in one transaction (decision 17). */
const PLANNING_MS = 180_000;

/**
 * Records an intent and its plan. Nothing is sent: the plan is made from the mirror and waits to be applied.
 * @returns the change's id and number, its hash, and how many of its lines may be applied.
 */
export async function planChange(scope: Scope, input: PlanChange): Promise<PlannedChange> {
  authorize(scope, "change.create", tenantIdsOf(input.intent));
  const { intent } = input;
  return transaction(
    scope,
    async (tx) => {
      if (intent.kind === "undo" || intent.kind === "retry") await refuseUnlessEnded(tx, intent);
      return planInTransaction(tx, scope, input, operatorIdOf(scope));
    },
    { timeoutMs: PLANNING_MS },
  );
}

/** Locked, so that of two operators who undo a change at the same moment the second finds the first one's plan. */
async function refuseUnlessEnded(
  tx: Transaction,
  { kind, changeId }: Extract<Intent, { kind: "undo" | "retry" }>,
): Promise<void> {
  await tx.$queryRaw`SELECT id FROM change WHERE id = ${changeId}::uuid FOR NO KEY UPDATE`;
  const change = await tx.change.findFirst({ where: { id: changeId } });
  if (!change) throw notFound("change");
  refuse(changeCan[kind].whyNot(await readChangeFacts(tx, change)));
}

/** Applies a plan as it was shown, in one transaction; see applyInTransaction. */
export async function applyChange(scope: Scope, input: ApplyChange): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(scope, (tx) => applyInTransaction(tx, scope, input), { timeoutMs: PLANNING_MS });
}

/** Discards a plan that was not applied. */
export async function discardPlan(scope: Scope, input: DiscardPlan): Promise<void> {
  authorize(scope, "change.create");
  await transaction(scope, async (tx) => {
    const change = await lockChange(tx, scope, input.changeId);
    const at = { state: stageOf(change) };
    if (changeCan.discard.isDone(at)) return;
    refuse(changeCan.discard.whyNot(at));
    await endPlan(tx, scope, change, "cancelled");
    await recordChangeEvent(tx, scope, change, { action: "change.discarded", tenantIds: change.tenantIds });
  });
}

/** Plans the same intent again, as a new change; the old one becomes expired. */
export async function replanChange(scope: Scope, input: ReplanChange): Promise<PlannedChange> {
  authorize(scope, "change.create");
  return transaction(
    scope,
    async (tx) => {
      const change = await lockChange(tx, scope, input.changeId);
      refuse(changeCan.replan.whyNot(await readChangeFacts(tx, change)));
      if (change.state !== "expired") await endPlan(tx, scope, change, "expired");
      const { id: parentId, intent, reason, ticket } = change;
      return planInTransaction(tx, scope, { intent, reason, ticket, parentId }, operatorIdOf(scope));
    },
    { timeoutMs: PLANNING_MS },
  );
}

/**
 * Approves held operations. Only another operator than the requester may, for exactly the plan they saw, with a
 * reason. If the plan was not applied yet, this applies it as a whole: the second review is what was required.
 */
export async function approveHeld(scope: Scope, input: ApproveHeld): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(
    scope,
    async (tx) => {
      const change = await lockChange(tx, scope, input.changeId);
      const isRequester = scope.actor.id === change.requestedById;
      refuse(changeCan.approve.whyNot({ ...(await readChangeFacts(tx, change)), isRequester }));
      if (change.planHash !== input.planHash) throw stale();
      await refuseIfStopped(tx);
      if (change.state === "ready") await planAgain(tx, scope, change, ["planned", "held"]);
      else await recordHeldInRoster(tx, scope, change);
      const tenantIds = await queueHeldRuns(
        tx,
        change.id,
        change.state === "ready" ? ["held", "planned"] : ["held"],
      );
      await closeHeldIssues(tx, scope, change);
      if (tenantIds.length === 0) return;
      await tx.change.updateMany({
        where: { id: change.id },
        data: { state: "applying", appliedAt: change.appliedAt ?? new Date(), finishedAt: null },
      });
      const approved = { ...change, reason: input.reason };
      await recordChangeEvent(tx, scope, approved, { action: "change.held_approved", tenantIds });
      for (const tenantId of tenantIds) await enqueue(tx, tenantWorkJob, { tenantId });
    },
    { timeoutMs: PLANNING_MS },
  );
}

async function queueHeldRuns(tx: Transaction, changeId: string, states: string[]): Promise<string[]> {
  // A run that is ending at this moment must count them: the second to lock it sees what the first wrote.
  await tx.$queryRaw`SELECT id FROM run WHERE change_id = ${changeId}::uuid ORDER BY id FOR UPDATE`;
  const rows = await tx.$queryRaw<{ tenantId: string }[]>`
    WITH freed AS (
      UPDATE operation SET state = 'queued', reason = NULL, next_at = now()
       WHERE change_id = ${changeId}::uuid AND state = ANY (${states}::text[]) RETURNING run_id)
    UPDATE run SET state = CASE WHEN state IN ${LEASED_RUN} THEN state
                                WHEN (SELECT paused_at FROM change WHERE id = ${changeId}::uuid) IS NOT NULL THEN 'paused'
                                ELSE 'queued' END, queued_at = coalesce(queued_at, now()),
           next_at = now(), finished_at = NULL
     WHERE change_id = ${changeId}::uuid AND id IN (SELECT run_id FROM freed)
    RETURNING tenant_id AS "tenantId"`;
  return rows.map(({ tenantId }) => tenantId);
}

async function endPlan(
  tx: Transaction,
  scope: Scope,
  change: Pick<LockedChange, "id" | "number">,
  state: "cancelled" | "expired",
): Promise<void> {
  const { id } = change;
  await tx.$executeRaw`
    UPDATE operation SET state = 'cancelled' WHERE change_id = ${id}::uuid AND state IN ${UNSENT}`;
  await tx.$executeRaw`UPDATE run SET state = 'cancelled', finished_at = now() WHERE change_id = ${id}::uuid AND state = 'planned'`;
  const steered = state === "cancelled" ? { steeredById: operatorIdOf(scope) } : {};
  await tx.change.updateMany({ where: { id }, data: { state, finishedAt: new Date(), ...steered } });
  await closeHeldIssues(tx, scope, change);
}
