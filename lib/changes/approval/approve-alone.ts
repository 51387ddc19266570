import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { mayTouch, operatorIdOf, type Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { AppError, notFound, refuse } from "@/lib/errors";
import { stale } from "@/lib/changes/apply/apply-in-transaction";
import { readAuthorship } from "@/lib/changes/approval/authors";
import { hashHeldLines, type HeldLines } from "@/lib/changes/approval/held-lines";
import { changeCan } from "@/lib/changes/model/change-can";
import {
  lockChange,
  type LockedChange,
  readChangeFacts,
  recordChangeEvent,
  refuseBeforeLock,
} from "@/lib/changes/model/locked-change";
import type { ApproveAlone, StopApproval } from "@/lib/changes/approval/schema";
import { formatChangeNumber } from "@/lib/change-number";
import { openIssue, resolveIssues } from "@/lib/issues/open-issue";
import { requireOwnPassword } from "@/lib/operators/require-own-password";

/** How long anybody can stop an author who approves alone. */
const WAIT_MINUTES = 60;

/**
 * Asks to approve held lines as their author, where nobody but authors may act in the change's tenants: a small shop
 * must not stand still. It needs the number of held lines and the password, opens an issue, and waits an hour that
 * anybody can end. Then its author approves as everybody does, and the approval says for ever that it was alone.
 * @throws AppError forbidden while another operator may approve; invalid at `count` or `password`.
 */
export async function approveAlone(scope: Scope, input: ApproveAlone): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(scope, (tx) => lockToApproveAlone(tx, scope, input));
  const action = "change.lone_approval_requested";
  await requireOwnPassword(scope, { password: input.password, field: "password", action });
  await transaction(scope, async (tx) => {
    const change = await lockToApproveAlone(tx, scope, input);
    const covers = await hashHeldLines(tx, change.id);
    if (covers.lines !== input.count) throw wrongCount(covers.lines);
    await storeWaiting(tx, scope, change, { covers, reason: input.reason });
    const { hash, lines } = covers;
    await recordChangeEvent(
      tx,
      scope,
      { ...change, reason: input.reason },
      {
        action,
        tenantIds: change.tenantIds,
        details: { covers: hash, lines },
      },
    );
    const detail = `${change.title}: ${scope.actor.name} asks to approve ${lines} held ${lines === 1 ? "line" : "lines"} alone, after an hour. Stop it if it is not right.`;
    for (const issue of issuesOf(change))
      await openIssue(tx, scope, { ...issue, detail, changeId: change.id });
  });
}

/** Stops an author's approval that waits. Every operator who may act in one of the change's tenants can, its author too. */
export async function stopApproval(scope: Scope, input: StopApproval): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(scope, async (tx) => {
    const change = await tx.change.findFirst({ where: { id: input.changeId } });
    if (!change) throw notFound("change");
    const stopped = await tx.$executeRaw`
      UPDATE approval SET stopped_at = now(), stopped_by = ${operatorIdOf(scope)}::uuid
       WHERE change_id = ${change.id}::uuid AND waits_until IS NOT NULL AND given_at IS NULL AND stopped_at IS NULL`;
    const tenantIds = change.tenantIds.filter((tenantId) => mayTouch(scope, tenantId));
    for (const issue of issuesOf({ ...change, tenantIds })) await resolveIssues(tx, scope, issue);
    if (stopped === 0) return;
    const told = { ...change, reason: input.reason };
    await recordChangeEvent(tx, scope, told, { action: "change.lone_approval_stopped", tenantIds });
  });
}

/** Locks the change. @throws AppError when it may not be approved alone, or its plan is another than the one shown. */
async function lockToApproveAlone(
  tx: Transaction,
  scope: Scope,
  { changeId, planHash }: { changeId: string; planHash: string },
): Promise<LockedChange> {
  await refuseBeforeLock(tx, scope, changeId, changeCan.approveAlone);
  const change = await lockChange(tx, scope, changeId);
  const authorship = await readAuthorship(tx, operatorIdOf(scope), change);
  refuse(changeCan.approveAlone.whyNot({ ...(await readChangeFacts(tx, change)), authorship }));
  if (change.planHash !== planHash) throw stale();
  return change;
}

async function storeWaiting(
  tx: Transaction,
  scope: Scope,
  { id, tenantIds }: LockedChange,
  { covers, reason }: { covers: HeldLines; reason: string },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO approval (change_id, tenant_ids, lines_hash, lines, reason, operator_id, waits_until)
    VALUES (${id}::uuid, ${tenantIds}::uuid[], ${covers.hash}, ${covers.lines}, ${reason}, ${operatorIdOf(scope)}::uuid,
            now() + ${WAIT_MINUTES} * interval '1 minute')`;
}

/** One issue in each of the change's tenants, so that whoever may act in one of them sees it. */
function issuesOf({ tenantIds, number }: { tenantIds: readonly string[]; number: number }) {
  const subject = formatChangeNumber(number);
  return tenantIds.map((tenantId) => ({ tenantId, code: "approved-alone", subject }) as const);
}

function wrongCount(lines: number): AppError {
  const message = `This change holds ${lines} ${lines === 1 ? "line" : "lines"}, not that many. Nothing was asked for. Read the held lines again and type their number.`;
  return new AppError("invalid", message, { count: message });
}
