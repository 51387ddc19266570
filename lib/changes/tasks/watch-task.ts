import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import type { TaskStep, Watch } from "@/lib/changes/model/watch";
import { lockFree } from "@/lib/changes/tasks/claim-task";
import { TaskWithdrawnError } from "@/lib/changes/model/task-errors";

/** The shortest time between two writes; a page asks once a second. */
const APART_MS = 250;

/**
 * Stores how far a task is, in transactions of its own, so that a page sees it while the task's own is open.
 * @throws TaskWithdrawnError from the returned function, once an operator took the task back
 */
export function watchTask(scope: Scope, changeId: string): Watch {
  requireSystem(scope);
  let stored: { step: TaskStep; atMs: number } | null = null;
  return async (step, done, total) => {
    const nowMs = performance.now();
    if (stored?.step === step && nowMs - stored.atMs < APART_MS) return;
    stored = { step, atMs: nowMs };
    const count = await transaction(
      scope,
      (tx) => tx.$executeRaw`
      UPDATE change_task SET step = ${step}, done = ${done}::int, total = ${total}::int
       WHERE change_id = (${lockFree(changeId)})`,
    );
    if (count === 0) throw new TaskWithdrawnError();
  };
}
