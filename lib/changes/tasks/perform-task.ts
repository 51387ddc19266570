import "server-only";
import { AccessDeniedError } from "@/lib/auth/access-denied-error";
import { authorize } from "@/lib/auth/authorize";
import { requireSystem } from "@/lib/auth/require-system";
import { findOperatorScope } from "@/lib/auth/operator-reach";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { applyInTransaction } from "@/lib/changes/apply/apply-in-transaction";
import { approveInTransaction } from "@/lib/changes/approval/approve-in-transaction";
import { intentSchema } from "@/lib/changes/model/intent";
import type { Watch } from "@/lib/changes/model/watch";
import { planInTransaction } from "@/lib/changes/plan/plan-in-transaction";
import {
  beginTask,
  claimTask,
  findOpenTask,
  finishTask,
  type OpenTask,
} from "@/lib/changes/tasks/claim-task";
import { postponeTask, refuseTask } from "@/lib/changes/tasks/refuse-task";
import { TaskTakenError, TaskWithdrawnError } from "@/lib/changes/model/task-errors";
import { watchTask } from "@/lib/changes/tasks/watch-task";

/** The time limit of a task: ten times what 100,000 lines take on a busy machine of two cores. */
const TASK_MS = 15 * 60_000;

/** A task that ended its process, or met an internal error, this often is refused. */
const ATTEMPTS_MAX = 5;

export type TaskEnd = "done" | "refused" | "withdrawn" | "taken";

/**
 * Does a task in one transaction, with the role and the grants that its requester has now. A plan is stored with all
 * its lines or not at all; a worker that dies leaves only the task, for the next one. What a request would have refused
 * is stored with the task in the same words.
 * @param scope of a system process that reaches all tenants: only the task says whose it is.
 * @throws any error that is no refusal; the task is tried again later
 */
export async function performTask(scope: Scope, changeId: string): Promise<TaskEnd> {
  requireSystem(scope);
  const found = await transaction(scope, async (tx) => {
    const task = await findOpenTask(tx, changeId);
    return task && { task, requester: await findOperatorScope(tx, task) };
  });
  if (!found) return "withdrawn";
  const { task, requester } = found;
  if (!requester) return refuseTask(scope, task, MAY_NOT);
  try {
    await transaction(requester, (tx) => performClaimed(tx, { scope, requester, task }), {
      timeoutMs: TASK_MS,
    });
    return "done";
  } catch (error) {
    if (error instanceof TaskTakenError) return "taken";
    if (error instanceof TaskWithdrawnError) return "withdrawn";
    if (error instanceof AccessDeniedError) return refuseTask(scope, task, MAY_NOT);
    if (error instanceof AppError) return refuseTask(scope, task, error.message);
    await postponeTask(scope, changeId);
    throw error;
  }
}

type Claimed = { scope: Scope; requester: Scope; task: OpenTask };

async function performClaimed(tx: Transaction, { scope, requester, task }: Claimed): Promise<void> {
  const { changeId } = task;
  await claimTask(tx, changeId);
  if ((await beginTask(scope, changeId)) > ATTEMPTS_MAX) throw new AppError("unavailable", UNEXPECTED);
  await doTask(tx, requester, task, watchTask(scope, changeId));
  await finishTask(tx, changeId);
}

async function doTask(tx: Transaction, scope: Scope, task: OpenTask, watch: Watch): Promise<void> {
  const { changeId, kind, planHash, reason } = task;
  if (kind === "plan") return makeRequestedPlan(tx, scope, changeId, watch);
  if (planHash === null) throw new Error("A task applies a plan that nobody saw");
  if (kind === "apply") return applyInTransaction(tx, scope, { changeId, planHash, watch });
  return approveInTransaction(tx, scope, { changeId, planHash, reason: reason ?? "", watch });
}

async function makeRequestedPlan(
  tx: Transaction,
  scope: Scope,
  changeId: string,
  watch: Watch,
): Promise<void> {
  const change = await findWaiting(tx, scope, changeId);
  const { intent, reason, ticket } = change;
  await planInTransaction(tx, scope, { changeId, intent, reason, ticket, watch }, operatorIdOf(scope));
}

/** Read without a lock: whoever discards the change meanwhile must not wait for its plan. */
async function findWaiting(tx: Transaction, scope: Scope, changeId: string) {
  const change = await tx.change.findFirst({ where: { id: changeId } });
  if (!change) throw new AccessDeniedError("change.create");
  authorize(scope, "change.create", change.tenantIds);
  if (change.state !== "planning") throw new TaskWithdrawnError();
  return { ...change, intent: intentSchema.parse(change.intent) };
}

const MAY_NOT =
  "Whoever requested it may no longer act in all of its tenants. Nothing was done. An operator who may has to request it again.";
const UNEXPECTED =
  "It ended without a result five times, because of an error in Rollcall. Nothing was done. Request it again, or for fewer people at a time; the log of the worker names the error.";
