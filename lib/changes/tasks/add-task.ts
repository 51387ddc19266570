import "server-only";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/queue/enqueue";
import type { TaskKind } from "@/lib/changes/model/change-task";
import { changeTaskJob } from "@/lib/changes/tasks/change-task-job";

type NewTask = {
  changeId: string;
  tenantIds: string[];
  kind: TaskKind;
  people: number;
  planHash?: string;
  reason?: string;
};

/** Adds a worker's task to a change, in the place of one that was refused. */
export async function addTask(tx: Transaction, scope: Scope, task: NewTask): Promise<void> {
  const { actor, requestId } = scope;
  if (actor.kind !== "operator") throw new Error("A task is requested by an operator");
  const { sessionId, address } = actor;
  await removeTask(tx, task.changeId);
  await tx.changeTask.createMany({
    data: { ...task, requestedById: operatorIdOf(scope), sessionId, address, requestId },
  });
  await enqueue(tx, changeTaskJob, { changeId: task.changeId });
}

/**
 * Removes a task. A worker that is at work on it notices at its next step and rolls back. Call it before the change is
 * locked: the worker may hold that lock until then.
 * @returns whether a worker would still have done it.
 */
export async function removeTask(
  tx: Transaction,
  changeId: string,
  kinds: readonly TaskKind[] = ["plan", "apply", "approve"],
): Promise<boolean> {
  const rows = await tx.$queryRaw<{ refusal: string | null }[]>`
    DELETE FROM change_task WHERE change_id = ${changeId}::uuid AND kind = ANY (${[...kinds]}::text[]) RETURNING refusal`;
  return rows.some(({ refusal }) => refusal === null);
}
