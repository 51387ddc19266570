import "server-only";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import { LEASED_RUN } from "@/lib/db/state-lists";
import type { Transaction } from "@/lib/db/transaction";
import { refuse } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import { actForAuthors, planAgain, refuseIfStopped, stale } from "@/lib/changes/apply/apply-in-transaction";
import { recordHeldInRoster } from "@/lib/changes/apply/record-in-roster";
import { readAuthorship } from "@/lib/changes/approval/authors";
import { hashHeldLines } from "@/lib/changes/approval/held-lines";
import { storeApproval } from "@/lib/changes/approval/store-approval";
import { resolveHeldIssues } from "@/lib/changes/issues/held-issue";
import type { Authorship } from "@/lib/changes/model/authorship";
import { changeCan } from "@/lib/changes/model/change-can";
import {
  lockChange,
  type LockedChange,
  readChangeFacts,
  recordChangeEvent,
} from "@/lib/changes/model/locked-change";
import type { Watch } from "@/lib/changes/model/watch";

type Approval = { changeId: string; planHash: string; reason: string; watch?: Watch };

/**
 * Approves held operations in the caller's transaction. A plan that was not applied yet is applied as a whole.
 * @throws AppError forbidden for an author of the change; conflict when the plan is stale, scheduled, expired or discarded,
 *   when nothing of it is held, or the fleet is stopped.
 */
export async function approveInTransaction(tx: Transaction, scope: Scope, input: Approval): Promise<void> {
  const change = await lockChange(tx, scope, input.changeId);
  const authorship = await refuseApproval(tx, scope, change, input.planHash);
  const covers = await hashHeldLines(tx, change.id);
  const isPlan = change.state === "ready";
  if (isPlan) await planAgain(tx, scope, change, { states: ["planned", "held"], watch: input.watch });
  else {
    await actForAuthors(tx, change);
    await recordHeldInRoster(tx, scope, change);
  }
  const tenantIds = await queueHeldRuns(tx, change.id, isPlan ? ["held", "planned"] : ["held"]);
  await resolveHeldIssues(tx, scope, change);
  if (tenantIds.length === 0) return;
  await tx.change.updateMany({
    where: { id: change.id },
    data: { state: "applying", appliedAt: change.appliedAt ?? new Date(), finishedAt: null },
  });
  const isAlone = await storeApproval(tx, scope, { change, reason: input.reason, covers, authorship });
  const approved = { ...change, reason: input.reason };
  const details = { covers: covers.hash, lines: covers.lines, isAlone };
  await recordChangeEvent(tx, scope, approved, { action: "change.held_approved", tenantIds, details });
  for (const tenantId of tenantIds) await enqueue(tx, tenantWorkJob, { tenantId });
}

/**
 * @returns how the operator stands to the change.
 * @throws AppError as approveInTransaction does, before anything is planned.
 */
export async function refuseApproval(
  tx: Transaction,
  scope: Scope,
  change: LockedChange,
  planHash: string,
): Promise<Authorship> {
  const authorship = await readAuthorship(tx, operatorIdOf(scope), change);
  // A worker's own task must not count here: it is what is being done.
  const facts = await readChangeFacts(tx, { ...change, task: null });
  refuse(changeCan.approve.whyNot({ ...facts, authorship }));
  if (change.planHash !== planHash) throw stale();
  await refuseIfStopped(tx);
  return authorship;
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
