import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { notFound, refuse } from "@/lib/errors";
import { applyInTransaction } from "@/lib/changes/apply/apply-in-transaction";
import { changeCan } from "@/lib/changes/model/change-can";
import { stageOf } from "@/lib/changes/model/change-facts";
import { isLarge } from "@/lib/changes/plan/is-large";
import { type Intent, tenantIdsOf } from "@/lib/changes/model/intent";
import {
  lockChange,
  readChangeFacts,
  readStage,
  recordChangeEvent,
  refuseBeforeLock,
} from "@/lib/changes/model/locked-change";
import {
  type NewPlan,
  PLANNING_MS,
  planInTransaction,
  type PlannedChange,
} from "@/lib/changes/plan/plan-in-transaction";
import type { ApplyChange, DiscardPlan, PlanChange, ReplanChange, WithdrawApply } from "@/lib/changes/schema";
import { requirePlannable } from "@/lib/imports/locked-import";
import { endPlan } from "@/lib/changes/steering/end-plan";
import { removeTask } from "@/lib/changes/tasks/add-task";
import { requestApply } from "@/lib/changes/tasks/request-apply";
import { requestPlan } from "@/lib/changes/tasks/request-plan";

/** The limit (ms) for discarding a plan: it cancels each of its lines, which takes some seconds for 100,000. */
const DISCARDING_MS = 60_000;

/**
 * Records an intent and its plan. Nothing is sent: the plan is made from the mirror and waits to be applied. A worker
 * makes the plan of a large intent (decision 39).
 * @returns the change's id and number, its hash, and how many of its lines may be applied; no hash and no lines while
 *   a worker has to make the plan.
 */
export async function planChange(scope: Scope, input: PlanChange): Promise<PlannedChange> {
  authorize(scope, "change.create", tenantIdsOf(input.intent));
  const { intent } = input;
  return transaction(
    scope,
    async (tx) => {
      if (intent.kind === "undo" || intent.kind === "retry") await refuseUnlessEnded(tx, intent);
      return planOrRequest(tx, scope, input);
    },
    { timeoutMs: PLANNING_MS },
  );
}

async function planOrRequest(tx: Transaction, scope: Scope, input: NewPlan): Promise<PlannedChange> {
  if (input.intent.kind === "import") await requirePlannable(tx, input.intent.importId);
  if (await isLarge(tx, input.intent)) return requestPlan(tx, scope, input);
  return planInTransaction(tx, scope, input, operatorIdOf(scope));
}

/** Locked, so that of two operators who undo a change at the same moment the second finds the first one's plan. */
async function refuseUnlessEnded(
  tx: Transaction,
  { kind, changeId }: Extract<Intent, { kind: "undo" | "retry" }>,
): Promise<void> {
  refuse(changeCan[kind].whyNotIn((await readStage(tx, changeId)).stage));
  await tx.$queryRaw`SELECT id FROM change WHERE id = ${changeId}::uuid FOR NO KEY UPDATE`;
  const change = await tx.change.findFirst({ where: { id: changeId } });
  if (!change) throw notFound("change");
  refuse(changeCan[kind].whyNot(await readChangeFacts(tx, change)));
}

/** Applies a plan as it was shown, in one transaction; see applyInTransaction. A worker applies a large one. */
export async function applyChange(scope: Scope, input: ApplyChange): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(
    scope,
    async (tx) => {
      const stage = await refuseBeforeLock(tx, scope, input.changeId, changeCan.apply);
      if (stage === "submitted") return;
      const change = await lockChange(tx, scope, input.changeId);
      if (await isLarge(tx, change.intent)) await requestApply(tx, scope, change, input.planHash);
      else await applyInTransaction(tx, scope, input);
    },
    { timeoutMs: PLANNING_MS },
  );
}

/**
 * Takes back that a worker applies a plan or approves its held lines. The change stays as it was. It does not lock the
 * change, which the worker keeps locked until it has noticed.
 * @throws AppError conflict when the worker has done it already.
 */
export async function withdrawApply(scope: Scope, input: WithdrawApply): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(scope, async (tx) => {
    const change = await tx.change.findFirst({ where: { id: input.changeId } });
    if (!change) throw notFound("change");
    const { tenantIds } = change;
    authorize(scope, "change.apply", tenantIds);
    const isTaken = await removeTask(tx, change.id, ["apply", "approve"]);
    if (!isTaken) await refuseBeforeLock(tx, scope, change.id, changeCan.withdraw);
    await recordChangeEvent(tx, scope, change, { action: "change.apply_withdrawn", tenantIds });
  });
}

/**
 * Discards a plan that was not applied, or that a worker is still making. It does not wait for the worker, which notices
 * at its next step, or when it has stored all, and rolls back.
 */
export async function discardPlan(scope: Scope, input: DiscardPlan): Promise<void> {
  authorize(scope, "change.create");
  await transaction(
    scope,
    async (tx) => {
      await refuseBeforeLock(tx, scope, input.changeId, changeCan.discard);
      await removeTask(tx, input.changeId, ["plan"]);
      const change = await lockChange(tx, scope, input.changeId);
      const at = { state: stageOf(change) };
      if (changeCan.discard.isDone(at)) return;
      refuse(changeCan.discard.whyNot(at));
      await endPlan(tx, scope, change, { state: "cancelled", reason: null });
      await recordChangeEvent(tx, scope, change, { action: "change.discarded", tenantIds: change.tenantIds });
    },
    { timeoutMs: DISCARDING_MS },
  );
}

/** Plans the same intent again, as a new change; the old one becomes expired. */
export async function replanChange(scope: Scope, input: ReplanChange): Promise<PlannedChange> {
  authorize(scope, "change.create");
  return transaction(
    scope,
    async (tx) => {
      await refuseBeforeLock(tx, scope, input.changeId, changeCan.replan);
      const change = await lockChange(tx, scope, input.changeId);
      refuse(changeCan.replan.whyNot(await readChangeFacts(tx, change)));
      if (change.state !== "expired") await endPlan(tx, scope, change, { state: "expired" });
      const { id: parentId, intent, reason, ticket } = change;
      return planOrRequest(tx, scope, { intent, reason, ticket, parentId });
    },
    { timeoutMs: PLANNING_MS },
  );
}
