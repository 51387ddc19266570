import "server-only";
import { appendEvents } from "@/lib/audit/append";
import type { AuditAction } from "@/lib/audit/events";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { AppError, notFound } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import { readFacts } from "@/lib/provisioning/facts";
import { type Intent, intentSchema, tenantIdsOf } from "@/lib/provisioning/intent";
import { makePlan } from "@/lib/provisioning/plan";
import { hashPlan } from "@/lib/provisioning/plan-hash";
import type {
  ApplyChange,
  CancelChange,
  PlanChange,
  ReleaseHeld,
  ReplanChange,
} from "@/lib/provisioning/schema";
import { storePlan } from "@/lib/provisioning/store-plan";
import { formatChangeNumber, titleOf } from "@/lib/provisioning/title";

/**
 * Records an intent and its plan. Nothing is sent: the plan compares with the mirror, and waits to be applied.
 * @returns the change's id and number.
 */
export async function planChange(
  scope: Scope,
  input: PlanChange,
): Promise<{ changeId: string; number: number }> {
  authorize(scope, "change.create", tenantIdsOf(input.intent));
  return transaction(scope, (tx) => planIn(tx, scope, input));
}

/**
 * Applies a plan as it was shown. It is planned again first: when the directory, a mode or a rail moved since, the
 * hash differs, nothing is queued, and the person is asked to look again.
 * Applying twice is applying once.
 */
export async function applyChange(scope: Scope, input: ApplyChange): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(scope, async (tx) => {
    const change = await lockChange(tx, scope, input.changeId);
    if (change.planHash !== input.planHash) throw stale();
    if (change.state !== "ready") return refuseUnlessApplied(change.state);
    if (change.expiresAt <= new Date()) throw expired();
    await refuseIfMoved(tx, change);
    const tenantIds = await queueRuns(tx, change.id);
    if (tenantIds.length === 0) {
      throw new AppError(
        "conflict",
        "This plan has nothing that may be applied now. Nothing was sent. Its lines say why.",
      );
    }
    await tx.change.updateMany({
      where: { id: change.id },
      data: { state: "applying", appliedAt: new Date() },
    });
    await tell(tx, scope, "change.applied", change, tenantIds);
    for (const tenantId of tenantIds) await enqueue(tx, tenantWorkJob, { tenantId });
  });
}

/** Gives up a plan that was not applied. */
export async function cancelChange(scope: Scope, input: CancelChange): Promise<void> {
  authorize(scope, "change.create");
  await transaction(scope, async (tx) => {
    const change = await lockChange(tx, scope, input.changeId);
    if (change.state === "cancelled") return;
    if (change.state !== "ready")
      throw new AppError(
        "conflict",
        "This change is being carried out, or has been. It was not discarded. Undo it with a new change.",
      );
    await endPlan(tx, change.id, "cancelled");
    await tell(tx, scope, "change.cancelled", change, change.tenantIds);
  });
}

/** Plans the same intent again, as a new change; the old one is kept as expired. */
export async function replanChange(
  scope: Scope,
  input: ReplanChange,
): Promise<{ changeId: string; number: number }> {
  authorize(scope, "change.create");
  return transaction(scope, async (tx) => {
    const change = await lockChange(tx, scope, input.changeId);
    if (change.state !== "ready")
      throw new AppError(
        "conflict",
        "Only a plan that was not applied is planned again. Nothing was changed. Start a new change.",
      );
    await endPlan(tx, change.id, "expired");
    return planIn(tx, scope, { intent: change.intent, reason: change.reason, ticket: change.ticket });
  });
}

/**
 * Lets held operations go. Only an operator other than the one who asked may, for exactly the plan they saw, and
 * says why. A plan that was not applied yet is applied as a whole by it: looking at it again is what was asked for.
 */
export async function releaseHeld(scope: Scope, input: ReleaseHeld): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(scope, async (tx) => {
    const change = await lockChange(tx, scope, input.changeId);
    if (scope.actor.id === change.requestedById) {
      throw new AppError(
        "forbidden",
        "You asked for this change, so another operator has to let its held operations go. Nothing was sent. Ask a colleague to open it.",
      );
    }
    if (change.planHash !== input.planHash) throw stale();
    refuseUnlessApplied(change.state);
    if (change.expiresAt <= new Date()) throw expired();
    if (change.state === "ready") await refuseIfMoved(tx, change);
    const tenantIds = await releaseRuns(
      tx,
      change.id,
      change.state === "ready" ? ["held", "planned"] : ["held"],
    );
    if (tenantIds.length === 0) return;
    await tx.change.updateMany({
      where: { id: change.id },
      data: { state: "applying", appliedAt: change.appliedAt ?? new Date(), finishedAt: null },
    });
    await tell(tx, scope, "change.held_released", { ...change, reason: input.reason }, tenantIds);
    for (const tenantId of tenantIds) await enqueue(tx, tenantWorkJob, { tenantId });
  });
}

/** @throws AppError conflict when planning again gives another plan than the one that was shown. */
async function refuseIfMoved(tx: Transaction, change: LockedChange): Promise<void> {
  // Two plans that are each below the archive threshold must not both pass it: one waits for the other here.
  await tx.$queryRaw`SELECT id FROM tenant WHERE id = ANY (${change.tenantIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  const facts = await readFacts(tx, change.intent);
  if (hashPlan(makePlan(change.intent, facts.tenants, facts.owners)) !== change.planHash) throw stale();
}

async function releaseRuns(tx: Transaction, changeId: string, states: string[]): Promise<string[]> {
  // A run that is ending at this moment must count them: the second to lock it sees what the first wrote.
  await tx.$queryRaw`SELECT id FROM run WHERE change_id = ${changeId}::uuid ORDER BY id FOR UPDATE`;
  const rows = await tx.$queryRaw<{ tenantId: string }[]>`
    WITH freed AS (
      UPDATE operation SET state = 'queued', reason = NULL, next_at = now()
       WHERE change_id = ${changeId}::uuid AND state = ANY (${states}::text[]) RETURNING run_id)
    UPDATE run SET state = CASE WHEN state = 'running' THEN state ELSE 'queued' END, queued_at = coalesce(queued_at, now()),
           next_at = now(), finished_at = NULL
     WHERE change_id = ${changeId}::uuid AND id IN (SELECT run_id FROM freed)
    RETURNING tenant_id AS "tenantId"`;
  return rows.map(({ tenantId }) => tenantId);
}

async function planIn(
  tx: Transaction,
  scope: Scope,
  input: PlanChange,
): Promise<{ changeId: string; number: number }> {
  const { intent, reason, ticket } = input;
  const facts = await readFacts(tx, intent);
  const plan = makePlan(intent, facts.tenants, facts.owners);
  const names = plan.runs.flatMap(({ operations }) =>
    operations.filter(({ resourceKey }) => resourceKey.startsWith("user:")).map(({ label }) => label),
  );
  const title = titleOf(
    intent,
    names.length > 0
      ? names
      : facts.tenants.flatMap(({ accounts }) => accounts.map(({ displayName }) => displayName)),
  );
  const tenantIds = tenantIdsOf(intent);
  const reads = await tx.tenant.findMany({
    where: { id: { in: tenantIds } },
    select: { id: true, readId: true },
  });
  const readIds = new Map(reads.map(({ id, readId }) => [id, readId]));
  const stored = await storePlan(tx, scope, { intent, title, reason, ticket, tenantIds }, plan, readIds);
  await tell(
    tx,
    scope,
    "change.planned",
    { id: stored.changeId, number: stored.number, title, planHash: stored.planHash, reason, ticket },
    tenantIds,
  );
  return stored;
}

type ToldChange = {
  id: string;
  number: number;
  title: string;
  planHash: string;
  reason: string;
  ticket: string | null;
};

/** One event for each tenant, so that the record of one tenant is whole without the others'. */
function tell(
  tx: Transaction,
  scope: Scope,
  action: AuditAction,
  change: ToldChange,
  tenantIds: readonly string[],
): Promise<void> {
  const { id, number, title, planHash, reason, ticket } = change;
  const shared = {
    action,
    changeId: id,
    target: formatChangeNumber(number),
    result: "ok",
    reason,
    ticket: ticket ?? undefined,
    details: { title, plan: planHash },
  };
  return appendEvents(
    tx,
    scope,
    tenantIds.map((tenantId) => ({ ...shared, tenantId })),
  );
}

type LockedChange = ToldChange & {
  state: string;
  intent: Intent;
  expiresAt: Date;
  appliedAt: Date | null;
  requestedById: string;
  tenantIds: string[];
};

/** The change, locked. Somebody who may see only some of its tenants may look at it and not act on it. */
async function lockChange(tx: Transaction, scope: Scope, changeId: string): Promise<LockedChange> {
  await tx.$queryRaw`SELECT id FROM change WHERE id = ${changeId}::uuid FOR UPDATE`;
  const change = await tx.change.findFirst({ where: { id: changeId } });
  if (!change) throw notFound("change");
  authorize(scope, "change.apply", change.tenantIds);
  return { ...change, intent: intentSchema.parse(change.intent) };
}

/** Moves planned operations to queued, and their runs with them. Refused and held ones stay where they are. */
async function queueRuns(tx: Transaction, changeId: string): Promise<string[]> {
  await tx.$executeRaw`
    UPDATE operation SET state = 'queued', next_at = now() WHERE change_id = ${changeId}::uuid AND state = 'planned'`;
  const rows = await tx.$queryRaw<{ tenantId: string }[]>`
    UPDATE run SET state = 'queued', queued_at = now(), next_at = now()
     WHERE change_id = ${changeId}::uuid AND state = 'planned'
       AND EXISTS (SELECT FROM operation o WHERE o.run_id = run.id AND o.state = 'queued')
    RETURNING tenant_id AS "tenantId"`;
  return rows.map(({ tenantId }) => tenantId);
}

async function endPlan(tx: Transaction, changeId: string, state: "cancelled" | "expired"): Promise<void> {
  await tx.$executeRaw`
    UPDATE operation SET state = 'cancelled' WHERE change_id = ${changeId}::uuid AND state IN ('planned', 'held')`;
  await tx.$executeRaw`UPDATE run SET state = 'cancelled', finished_at = now() WHERE change_id = ${changeId}::uuid AND state = 'planned'`;
  await tx.change.updateMany({ where: { id: changeId }, data: { state, finishedAt: new Date() } });
}

function refuseUnlessApplied(state: string): void {
  if (state === "cancelled" || state === "expired") {
    throw new AppError("conflict", `This plan is ${state}. Nothing was sent. Plan it again.`);
  }
}

function stale(): AppError {
  return new AppError(
    "conflict",
    "The plan is not what it was when you looked: a directory, a tenant's mode or a limit has moved since. Nothing was sent. Plan it again.",
  );
}

function expired(): AppError {
  return new AppError("conflict", "This plan is older than a day. Nothing was sent. Plan it again.");
}
