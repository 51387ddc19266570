import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { isToApply } from "@/lib/changes/apply/apply-in-transaction";
import { refuseApproval } from "@/lib/changes/approval/approve-in-transaction";
import { type LockedChange, recordChangeEvent } from "@/lib/changes/model/locked-change";
import { countPeople } from "@/lib/changes/plan/is-large";
import { addTask } from "@/lib/changes/tasks/add-task";

/**
 * Has a worker apply a plan. What can be refused without planning again is refused at once.
 * @throws AppError as applyInTransaction does.
 */
export async function requestApply(
  tx: Transaction,
  scope: Scope,
  change: LockedChange,
  planHash: string,
): Promise<void> {
  if (!(await isToApply(tx, change, planHash))) return;
  const { id: changeId, tenantIds, intent } = change;
  const people = await countPeople(tx, intent);
  await addTask(tx, scope, { changeId, tenantIds, kind: "apply", people, planHash });
  await recordChangeEvent(tx, scope, change, { action: "change.apply_requested", tenantIds });
}

/**
 * Has a worker approve held operations.
 * @throws AppError as approveInTransaction does.
 */
export async function requestApproval(
  tx: Transaction,
  scope: Scope,
  change: LockedChange,
  { planHash, reason }: { planHash: string; reason: string },
): Promise<void> {
  await refuseApproval(tx, scope, change, planHash);
  const { id: changeId, tenantIds, intent } = change;
  const people = await countPeople(tx, intent);
  await addTask(tx, scope, { changeId, tenantIds, kind: "approve", people, planHash, reason });
  const approved = { ...change, reason };
  await recordChangeEvent(tx, scope, approved, { action: "change.apply_requested", tenantIds });
}
