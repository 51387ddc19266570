import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import { UNSENT } from "@/lib/db/state-lists";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { notFound, refuse } from "@/lib/errors";
import { applyInTransaction } from "@/lib/changes/apply/apply-change";
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
import { PLANNING_MS, planInTransaction, type PlannedChange } from "@/lib/changes/plan/plan-in-transaction";
import type { ApplyChange, DiscardPlan, PlanChange, ReplanChange } from "@/lib/changes/schema";

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

/** Locks the parent change: if two operators undo it at the same moment, the second finds the first one's plan. */
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
