import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { appendEvent } from "@/lib/audit/log/append";
import { mayTouch, type Scope } from "@/lib/auth/scope";
import { groupCommit } from "@/lib/db/group-commit";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { requestRead } from "@/lib/directory/mutations";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
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
  try {
    await transaction(scope, (tx) => finishSync(tx, scope, tenantId), { timeoutMs: SYNC_TIMEOUT_MS });
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ err: error, tenantId }, "planning a sync failed");
    const detail = error instanceof AppError ? error.message : "Rollcall had an error. See the worker's log.";
    await transaction(scope, (tx) => endSync(tx, scope, tenantId, { result: "failed", detail }));
  }
}

async function findDue(scope: Scope, tenantId: string): Promise<{ isRead: boolean } | null> {
  return mayTouch(scope, tenantId) ? findDueGrouped(tenantId) : null;
}

/** All work in a tenant starts with this query; 500 at once share it. */
const findDueGrouped = groupCommit(findDueBlock, { blockMax: 100 });

async function findDueBlock(tenantIds: readonly string[]): Promise<({ isRead: boolean } | null)[]> {
  const ids = [...new Set(tenantIds)];
  const rows = await transaction(
    { tenants: ids },
    (tx) => tx.$queryRaw<{ id: string; isRead: boolean }[]>`
    SELECT t.id, coalesce(d.started_at >= t.sync_next_at, false) AS "isRead"
      FROM tenant t LEFT JOIN directory_read d ON d.id = t.read_id
     WHERE t.id = ANY (${ids}::uuid[]) AND t.sync_next_at <= now() AND t.state = 'healthy'
       AND (t.cooldown_to IS NULL OR t.cooldown_to <= now())
       AND NOT EXISTS (SELECT FROM fleet WHERE stopped_at IS NOT NULL)`,
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
  // Of two workers at once, the second finds that the next time is set. NO KEY, because rows that refer to this one are
  // written meanwhile.
  const [tenant] = await tx.$queryRaw<{ reconciles: boolean; reconciledBy: string | null }[]>`
    SELECT reconciles AND mode <> 'observe' AS reconciles, reconciled_by AS "reconciledBy" FROM tenant
     WHERE id = ${tenantId}::uuid AND sync_next_at <= now() FOR NO KEY UPDATE`;
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
