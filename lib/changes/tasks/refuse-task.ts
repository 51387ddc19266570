import "server-only";
import { appendEvents } from "@/lib/audit/log/append";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { formatChangeNumber } from "@/lib/change-number";
import type { OpenTask } from "@/lib/changes/tasks/claim-task";

/** After an internal error a task is left alone for this long: one log line a second would fill the log. */
const REST_SECONDS = 30;

/**
 * Stores with the task why it was not done. No worker tries it again until an operator requests it anew.
 * @param why cause, effect, next step: the words with which a request would have been refused
 */
export async function refuseTask(
  scope: Scope,
  { changeId, kind, tenantIds }: OpenTask,
  why: string,
): Promise<"refused" | "withdrawn"> {
  requireSystem(scope);
  return transaction(scope, async (tx) => {
    const refused = await tx.changeTask.updateMany({
      where: { changeId, refusal: null },
      data: { refusal: why },
    });
    const change = await tx.change.findFirst({ where: { id: changeId } });
    if (refused.count === 0 || !change) return "withdrawn";
    await appendEvents(
      tx,
      scope,
      tenantIds.map((tenantId) => ({
        action: kind === "plan" ? ("change.plan_failed" as const) : ("change.apply_refused" as const),
        tenantId,
        changeId,
        target: formatChangeNumber(change.number),
        result: "refused",
        ticket: change.ticket ?? undefined,
        details: { title: change.title, why },
      })),
    );
    return "refused";
  });
}

/** Leaves a task alone for a while after an internal error. */
export async function postponeTask(scope: Scope, changeId: string): Promise<void> {
  requireSystem(scope);
  await transaction(
    scope,
    (tx) => tx.$executeRaw`
    UPDATE change_task SET next_at = now() + ${REST_SECONDS} * interval '1 second' WHERE change_id = ${changeId}::uuid`,
  );
}
