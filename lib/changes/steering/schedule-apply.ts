import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { UNSENT } from "@/lib/db/state-lists";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { applyInTransaction } from "@/lib/changes/apply/apply-change";
import { closeHeldIssues } from "@/lib/changes/issues/held-issue";
import { openScheduleMissed } from "@/lib/changes/issues/schedule-missed";
import { recordSteeringEvent } from "@/lib/changes/steering/lock-applying-change";

export type DueChange = { id: string; tenantIds: string[] };

/**
 * Scheduled changes whose hour has come by the database's clock, the longest overdue first. While the fleet is stopped
 * they wait for it, up to their own end: the stop is no word against them.
 */
export async function listDueChanges(scope: Scope): Promise<DueChange[]> {
  requireSystem(scope);
  return transaction(
    scope,
    (tx) => tx.$queryRaw<DueChange[]>`
    SELECT id, tenant_ids AS "tenantIds" FROM change
     WHERE state = 'scheduled' AND scheduled_at <= now()
       AND (expires_at <= now() OR NOT EXISTS (SELECT FROM fleet WHERE stopped_at IS NOT NULL))
     ORDER BY scheduled_at LIMIT 50`,
  );
}

/** A plan of a whole roster is made again in here, under locks. */
const APPLY_TIMEOUT_MS = 5 * 60_000;

/**
 * Applies a change whose hour has come: as it was seen when it was scheduled, and only if whoever asked for it may
 * still act in all of its tenants. Else nothing is sent, the plan is ready again or expired, and an issue says why.
 * Workers that come at the same moment: one holds the row, the others pass by.
 * @param scope reaches the change's tenants and no other
 */
export async function applyScheduled(
  scope: Scope,
  changeId: string,
): Promise<"applied" | "missed" | "taken"> {
  requireSystem(scope);
  try {
    return await transaction(scope, (tx) => applyDue(tx, scope, changeId), { timeoutMs: APPLY_TIMEOUT_MS });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return transaction(scope, async (tx) => {
      const change = await takeDue(tx, changeId);
      return change ? miss(tx, scope, change, error.message) : "taken";
    });
  }
}

async function applyDue(tx: Transaction, scope: Scope, changeId: string) {
  const change = await takeDue(tx, changeId);
  if (!change) return "taken" as const;
  if (change.isExpired) return miss(tx, scope, change, EXPIRED);
  if (!change.mayTouch) return miss(tx, scope, change, MAY_NOT);
  await applyInTransaction(tx, scope, { changeId, planHash: change.planHash });
  return "applied" as const;
}

type TakenChange = {
  id: string;
  number: number;
  title: string;
  planHash: string;
  ticket: string | null;
  tenantIds: string[];
  isExpired: boolean;
  mayTouch: boolean;
};

async function takeDue(tx: Transaction, changeId: string): Promise<TakenChange | null> {
  const [change] = await tx.$queryRaw<TakenChange[]>`
    SELECT id, number, title, plan_hash AS "planHash", ticket, tenant_ids AS "tenantIds", expires_at <= now() AS "isExpired",
           coalesce(operator_may_touch(requested_by, tenant_ids), false) AS "mayTouch"
      FROM change WHERE id = ${changeId}::uuid AND state = 'scheduled' AND scheduled_at <= now() FOR UPDATE SKIP LOCKED`;
  return change ?? null;
}

/** The hour it was meant for stays with the change, so that its page can say what did not happen when. */
async function miss(tx: Transaction, scope: Scope, change: TakenChange, why: string): Promise<"missed"> {
  if (change.isExpired) {
    await tx.$executeRaw`UPDATE operation SET state = 'cancelled' WHERE change_id = ${change.id}::uuid AND state IN ${UNSENT}`;
    await tx.$executeRaw`UPDATE run SET state = 'cancelled', finished_at = now() WHERE change_id = ${change.id}::uuid AND state = 'planned'`;
    await closeHeldIssues(tx, scope, change);
    await tx.$executeRaw`UPDATE change SET state = 'expired', finished_at = now() WHERE id = ${change.id}::uuid`;
  } else {
    await tx.$executeRaw`UPDATE change SET state = 'ready' WHERE id = ${change.id}::uuid`;
  }
  await recordSteeringEvent(tx, scope, change, {
    action: "change.schedule_missed",
    tenantIds: change.tenantIds,
    result: "schedule-missed",
    details: { why },
  });
  await openScheduleMissed(tx, scope, change, why);
  return "missed";
}

const EXPIRED = "No worker ran for a day after its hour. Nothing was sent. Plan it again.";
const MAY_NOT =
  "Whoever asked for it may no longer act in all of its tenants. Nothing was sent. Somebody who may has to plan it again.";
