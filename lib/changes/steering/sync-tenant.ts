import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { appendEvent } from "@/lib/audit/log/append";
import { mayTouch, type Scope } from "@/lib/auth/scope";
import { endIfFrozen } from "@/lib/db/end-if-frozen";
import { groupCommit } from "@/lib/db/group-commit";
import { Prisma, transaction, type Transaction } from "@/lib/db/transaction";
import { requestRead } from "@/lib/directory/mutations";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Intent } from "@/lib/changes/model/intent";
import { isLarge } from "@/lib/changes/plan/is-large";
import { reconcileIn, type Reconciled } from "@/lib/changes/steering/sync-reconcile";

/** The transaction plans and stores a roster of a hundred thousand people. */
const SYNC_TIMEOUT_MS = 5 * 60_000;

/**
 * Takes one step of a tenant's due sync: requests a read; once a read that began after the due time is complete,
 * reconciles and sets the next time. A crash, a failed read or a pause leaves the due time unmoved, so the sync
 * continues from there. Every step is idempotent.
 *
 * All times are the database's: a worker whose clock jumps starts nothing.
 */
export async function syncTenant(scope: Scope, tenantId: string): Promise<void> {
  requireSystem(scope);
  const due = await findDue(scope, tenantId);
  if (!due) return;
  if (!due.isRead) {
    await confirmWithRead(scope, tenantId);
    return requestRead(scope, { tenantId });
  }
  if (due.reconciles && (await transaction(scope, (tx) => isLarge(tx, toIntent(tenantId))))) return;
  await endDueSync(scope, tenantId);
}

/**
 * Lists tenants whose due sync waits for a large plan. A worker makes it in a process of its own
 * (worker/plan-process.ts), with endDueSync.
 */
export async function listLargeSyncs(scope: Scope): Promise<string[]> {
  requireSystem(scope);
  return transaction(scope, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT t.id FROM tenant t JOIN directory_read d ON d.id = t.read_id
       WHERE ${IS_DUE} AND d.started_at >= t.sync_next_at AND ${RECONCILES}
       ORDER BY t.sync_next_at LIMIT 50 FOR NO KEY UPDATE OF t SKIP LOCKED`;
    const large: string[] = [];
    for (const { id } of rows) if (await isLarge(tx, toIntent(id))) large.push(id);
    return large;
  });
}

function toIntent(tenantId: string): Intent {
  return { kind: "reconcile", tenantIds: [tenantId] };
}

/** Ends a due sync whose read is complete: reconciles where that is enabled, and sets the next time. */
export async function endDueSync(scope: Scope, tenantId: string): Promise<void> {
  requireSystem(scope);
  try {
    await transaction(scope, (tx) => finishSync(tx, scope, tenantId), { timeoutMs: SYNC_TIMEOUT_MS });
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ err: error, tenantId }, "planning a sync failed");
    const detail = error instanceof AppError ? error.message : "Rollcall had an error. See the worker's log.";
    await transaction(scope, (tx) => endSync(tx, scope, tenantId, { result: "failed", detail }));
  }
}

type DueSync = { isRead: boolean; reconciles: boolean };

async function findDue(scope: Scope, tenantId: string): Promise<DueSync | null> {
  return mayTouch(scope, tenantId) ? findDueGrouped(tenantId) : null;
}

/** All work in a tenant starts with this query; 500 at once share it. */
const findDueGrouped = groupCommit(findDueBlock, { blockMax: 100 });

const IS_DUE = Prisma.sql`t.sync_next_at <= now() AND t.state = 'healthy'
       AND (t.cooldown_to IS NULL OR t.cooldown_to <= now())
       AND NOT EXISTS (SELECT FROM fleet WHERE stopped_at IS NOT NULL)`;

const RECONCILES = Prisma.sql`(t.reconciles AND t.mode <> 'observe' AND t.reconciled_by IS NOT NULL)`;

async function findDueBlock(tenantIds: readonly string[]): Promise<(DueSync | null)[]> {
  const ids = [...new Set(tenantIds)];
  const rows = await transaction(
    { tenants: ids },
    (tx) => tx.$queryRaw<(DueSync & { id: string })[]>`
    SELECT t.id, coalesce(d.started_at >= t.sync_next_at, false) AS "isRead", ${RECONCILES} AS reconciles
      FROM tenant t LEFT JOIN directory_read d ON d.id = t.read_id
     WHERE t.id = ANY (${ids}::uuid[]) AND ${IS_DUE}`,
  );
  const due = new Map(rows.map((row) => [row.id, row]));
  return tenantIds.map((id) => due.get(id) ?? null);
}

/** Confirms accepted operations from this read, ahead of their own schedule: a read shows everybody. */
async function confirmWithRead(scope: Scope, tenantId: string): Promise<void> {
  await transaction(
    scope,
    (tx) => tx.$executeRaw`
    UPDATE operation SET confirm_at = now() WHERE tenant_id = ${tenantId}::uuid AND state = 'accepted' AND confirm_at > now()`,
    { timeoutMs: 60_000 },
  );
}

async function finishSync(tx: Transaction, scope: Scope, tenantId: string): Promise<void> {
  await endIfFrozen(tx);
  // Of two workers at once, the second leaves it to the first. NO KEY: rows that refer to this one are being written.
  const [tenant] = await tx.$queryRaw<{ reconciles: boolean; reconciledBy: string | null }[]>`
    SELECT reconciles AND mode <> 'observe' AS reconciles, reconciled_by AS "reconciledBy" FROM tenant
     WHERE id = ${tenantId}::uuid AND sync_next_at <= now() FOR NO KEY UPDATE SKIP LOCKED`;
  if (!tenant) return;
  const { reconciles, reconciledBy } = tenant;
  const done: Reconciled =
    reconciles && reconciledBy
      ? await reconcileIn(tx, scope, { tenantId, reconciledBy })
      : { result: "read" };
  await endSync(tx, scope, tenantId, done);
}

/** Adds jitter to the next time, so that tenants connected together are not read together for ever. */
async function endSync(tx: Transaction, scope: Scope, tenantId: string, done: Reconciled): Promise<void> {
  const [tenant] = await tx.$queryRaw<{ name: string }[]>`
    UPDATE tenant SET sync_next_at = now() + coalesce(sync_every_minutes * interval '1 minute' * (1 + random() * 0.05),
                                                     interval '100 years')
     WHERE id = ${tenantId}::uuid AND sync_next_at <= now() RETURNING name`;
  if (!tenant) return;
  const { result, changeId, detail } = done;
  await appendEvent(tx, scope, {
    action: "tenant.synced",
    tenantId,
    changeId,
    target: tenant.name,
    result,
    details: detail ? { detail } : undefined,
  });
}
