import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { UNFINISHED_RUN } from "@/lib/db/state-lists";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { refuse } from "@/lib/errors";
import { stale } from "@/lib/changes/apply/apply-in-transaction";
import { resolveHeldIssues } from "@/lib/changes/issues/held-issue";
import { changeCan } from "@/lib/changes/model/change-can";
import { readChangeFacts } from "@/lib/changes/model/locked-change";
import { CANCELLED } from "@/lib/changes/model/states";
import { endPlan } from "@/lib/changes/steering/end-plan";
import { lockToSteer, recordSteeringEvent } from "@/lib/changes/steering/lock-applying-change";
import type { RejectHeld } from "@/lib/changes/approval/schema";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";

/**
 * Rejects held operations for good, with a reason that the requester reads. A plan that was not applied yet ends as a
 * whole: what is left of it is another plan, which nobody has seen.
 * @throws AppError conflict when the plan is another than the one seen, or nothing of it is held.
 */
export async function rejectHeld(scope: Scope, input: RejectHeld): Promise<void> {
  authorize(scope, "change.apply");
  const { changeId, planHash, reason } = input;
  await transaction(
    scope,
    async (tx) => {
      const change = await lockToSteer(tx, scope, changeId, changeCan.reject);
      refuse(changeCan.reject.whyNot(await readChangeFacts(tx, change)));
      if (change.planHash !== planHash) throw stale();
      const tenantIds = await listHeldTenants(tx, changeId);
      if (change.state === "ready") await endPlan(tx, scope, change, { state: "cancelled", reason });
      else await cancelHeld(tx, changeId);
      await resolveHeldIssues(tx, scope, change);
      await recordSteeringEvent(tx, scope, change, {
        action: "change.held_rejected",
        tenantIds,
        result: "ok",
        reason,
      });
      for (const tenantId of tenantIds) await enqueue(tx, tenantWorkJob, { tenantId });
    },
    { timeoutMs: 60_000 },
  );
}

async function listHeldTenants(tx: Transaction, changeId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ tenantId: string }[]>`
    SELECT r.tenant_id AS "tenantId" FROM run r
     WHERE r.change_id = ${changeId}::uuid AND EXISTS (SELECT FROM operation o WHERE o.run_id = r.id AND o.state = 'held')
     ORDER BY 1`;
  return rows.map(({ tenantId }) => tenantId);
}

/** A worker looks at unfinished runs at once: what waits for a rejected line is not sent either. */
async function cancelHeld(tx: Transaction, changeId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE operation SET state = 'cancelled', reason = ${CANCELLED}
     WHERE change_id = ${changeId}::uuid AND state = 'held'`;
  await tx.$executeRaw`
    UPDATE run SET next_at = now() WHERE change_id = ${changeId}::uuid AND state IN ${UNFINISHED_RUN}`;
}
