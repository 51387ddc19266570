import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { TaskStep } from "@/lib/changes/model/watch";

/**
 * plan: make the plan of a change that has none. apply: make it again and apply it. approve: approve its held lines.
 */
export type TaskKind = "plan" | "apply" | "approve";

/** A worker's task as a page shows it. `done` of `total` are tenants while reading, and lines while storing. */
export type TaskView = {
  kind: TaskKind;
  /** How many people are compared, as counted when it was requested. */
  people: number;
  step: TaskStep;
  done: number;
  total: number;
  /** Why it was not done. A task with a refusal is not tried again. */
  refusal: string | null;
};

/** @returns null when the change has no task, or is outside the transaction's reach. */
export async function findTask(tx: Transaction, changeId: string): Promise<TaskView | null> {
  const [task] = await tx.$queryRaw<TaskView[]>`
    SELECT kind, people, step, done, total, refusal FROM change_task WHERE change_id = ${changeId}::uuid`;
  return task ?? null;
}
