import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { endIfFrozen } from "@/lib/db/end-if-frozen";
import { UNSENT } from "@/lib/db/state-lists";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { applyInTransaction } from "@/lib/changes/apply/apply-in-transaction";
import { resolveHeldIssues } from "@/lib/changes/issues/held-issue";
import { openScheduleMissed } from "@/lib/changes/issues/schedule-missed";
import { intentSchema } from "@/lib/changes/model/intent";
import { isLarge } from "@/lib/changes/plan/is-large";
import { recordSteeringEvent } from "@/lib/changes/steering/lock-applying-change";

export type DueChange = {
  id: string;
  tenantIds: string[];
  /** Applied in a process of its own (worker/plan-process.ts). */
  isLarge: boolean;
};

/**
 * Finds scheduled changes that are due by the database's clock and that no worker is applying, longest overdue first.
 * While the fleet is stopped they wait, up to their own expiry: a stop does not cancel them.
 */
export async function listDueChanges(scope: Scope): Promise<DueChange[]> {
  requireSystem(scope);
  return transaction(scope, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; tenantIds: string[]; intent: unknown }[]>`
      SELECT id, tenant_ids AS "tenantIds", intent FROM change
       WHERE state = 'scheduled' AND scheduled_at <= now()
         AND (expires_at <= now() OR NOT EXISTS (SELECT FROM fleet WHERE stopped_at IS NOT NULL))
       ORDER BY scheduled_at LIMIT 50 FOR UPDATE SKIP LOCKED`;
    const due: DueChange[] = [];
    for (const { id, tenantIds, intent } of rows)
      due.push({ id, tenantIds, isLarge: await isLarge(tx, intentSchema.parse(intent)) });
    return due;
  });
}

/** The transaction makes the plan of a whole roster again, under locks. */
const APPLY_TIMEOUT_MS = 5 * 60_000;

/**
 * Applies a due change exactly as it was seen when scheduled, and only if its requester may still act in all of its
 * tenants. Otherwise nothing is sent, the plan becomes ready or expired, and an issue says why. If several workers
 * try at once, one locks the row and the others skip it.
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
    const work = async (tx: Transaction) => {
      const change = await takeDue(tx, changeId);
      return change ? miss(tx, scope, change, error.message) : ("taken" as const);
    };
    return transaction(scope, work, { timeoutMs: APPLY_TIMEOUT_MS });
  }
}

async function applyDue(tx: Transaction, scope: Scope, changeId: string) {
  await endIfFrozen(tx);
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

/** Keeps the scheduled time on the change, so that its page can show what was missed and when. */
async function miss(tx: Transaction, scope: Scope, change: TakenChange, why: string): Promise<"missed"> {
  if (change.isExpired) {
    await tx.$executeRaw`UPDATE operation SET state = 'cancelled' WHERE change_id = ${change.id}::uuid AND state IN ${UNSENT}`;
    await tx.$executeRaw`UPDATE run SET state = 'cancelled', finished_at = now() WHERE change_id = ${change.id}::uuid AND state = 'planned'`;
    await resolveHeldIssues(tx, scope, change);
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

const EXPIRED = "No worker ran for a day after its scheduled time. Nothing was sent. Plan it again.";
const MAY_NOT =
  "The requester may no longer act in all of its tenants. Nothing was sent. Ask an operator with access to plan it again.";
