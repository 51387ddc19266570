import "server-only";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import { UNSENT } from "@/lib/db/state-lists";
import type { Transaction } from "@/lib/db/transaction";
import { resolveHeldIssues } from "@/lib/changes/issues/held-issue";
import { removeTask } from "@/lib/changes/tasks/add-task";

type EndedPlan = { id: string; number: number };

/**
 * Ends a plan that was not applied, with its lines, its task and its issue. The caller holds the change's lock.
 * @param as `cancelled` for a plan that an operator discards or rejects, `expired` for one that a newer plan replaces
 */
export async function endPlan(
  tx: Transaction,
  scope: Scope,
  change: EndedPlan,
  as: { state: "cancelled"; reason: string | null } | { state: "expired" },
): Promise<void> {
  const { id } = change;
  await removeTask(tx, id);
  await tx.$executeRaw`
    UPDATE operation SET state = 'cancelled' WHERE change_id = ${id}::uuid AND state IN ${UNSENT}`;
  await tx.$executeRaw`UPDATE run SET state = 'cancelled', finished_at = now() WHERE change_id = ${id}::uuid AND state = 'planned'`;
  const steered =
    as.state === "cancelled" ? { steeredById: operatorIdOf(scope), steerReason: as.reason } : {};
  await tx.change.updateMany({
    where: { id },
    data: { state: as.state, finishedAt: new Date(), ...steered },
  });
  await resolveHeldIssues(tx, scope, change);
}
