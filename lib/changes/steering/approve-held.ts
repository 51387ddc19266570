import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { planAgain, refuseIfStopped, stale } from "@/lib/changes/apply/apply-change";
import { recordHeldInRoster } from "@/lib/changes/apply/record-in-roster";
import { closeHeldIssues } from "@/lib/changes/issues/held-issue";
import { changeCan } from "@/lib/changes/model/change-can";
import { lockChange, readChangeFacts, recordChangeEvent } from "@/lib/changes/model/locked-change";
import { PLANNING_MS } from "@/lib/changes/plan/plan-in-transaction";
import type { ApproveHeld } from "@/lib/changes/steering/schema";
import { LEASED_RUN } from "@/lib/db/state-lists";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { refuse } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";

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
