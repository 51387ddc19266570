import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { approveInTransaction } from "@/lib/changes/approval/approve-in-transaction";
import { changeCan } from "@/lib/changes/model/change-can";
import { lockChange, refuseBeforeLock } from "@/lib/changes/model/locked-change";
import { isLargeApproval } from "@/lib/changes/plan/is-large";
import { PLANNING_MS } from "@/lib/changes/plan/plan-in-transaction";
import { requestApproval } from "@/lib/changes/tasks/request-apply";
import type { ApproveHeld } from "@/lib/changes/approval/schema";
import { transaction } from "@/lib/db/transaction";

/**
 * Approves held operations. Only another operator than the requester may, for exactly the plan they saw, with a
 * reason. If the plan was not applied yet, this applies it as a whole: the second review is what was required. A
 * worker does it where that is more than 2,000 lines.
 */
export async function approveHeld(scope: Scope, input: ApproveHeld): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(
    scope,
    async (tx) => {
      await refuseBeforeLock(tx, scope, input.changeId, changeCan.approve);
      const change = await lockChange(tx, scope, input.changeId);
      if (await isLargeApproval(tx, change)) await requestApproval(tx, scope, change, input);
      else await approveInTransaction(tx, scope, input);
    },
    { timeoutMs: PLANNING_MS },
  );
}
