import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { explainInvisible, type InvisibleFacts } from "@/lib/engine/confirm/explain-invisible";
import { resolveIssues, openIssue } from "@/lib/issues/open-issue";

/** Operations explained in one transaction. */
const EXPLAIN_MAX = 1_000;

type Overdue = Omit<InvisibleFacts, "seenUpTo"> & { id: string; changeId: string; detail: string | null };

/**
 * Explains operations that are accepted and still not visible after the tenant's `visible_in_minutes`: on each
 * operation, and once for the tenant. A lookup rewrites the first line of an operation's detail and removes the
 * explanation, so the next one uses the facts of that moment. What the tenant refused to take needs none: it is told.
 */
export async function explainUnseen(scope: Scope, tenantId: string): Promise<void> {
  requireSystem(scope);
  while ((await explainBlock(scope, tenantId)) === EXPLAIN_MAX);
}

function explainBlock(scope: Scope, tenantId: string): Promise<number> {
  return transaction(scope, async (tx) => {
    const overdue = await listOverdue(tx, tenantId);
    const seenUpTo = overdue.length > 0 ? await findSeenUpTo(tx, tenantId) : null;
    const explained = overdue.map(({ id, detail, ...facts }) => ({
      id,
      detail: `${detail ?? "The tenant does not show it yet"}.\n${explainInvisible({ ...facts, seenUpTo })}`,
    }));
    if (explained.length > 0) {
      await tx.$executeRaw`
        UPDATE operation o SET reason = 'accepted-not-visible', detail = r.detail
          FROM jsonb_to_recordset(${JSON.stringify(explained)}::jsonb) AS r(id uuid, detail text)
         WHERE o.id = r.id AND o.state = 'accepted'`;
    }
    await recordUnseen(tx, scope, tenantId, overdue[0] && { ...overdue[0], seenUpTo });
    return overdue.length;
  });
}

/** The overdue operations without an explanation. */
function listOverdue(tx: Transaction, tenantId: string): Promise<Overdue[]> {
  return tx.$queryRaw<Overdue[]>`
    SELECT o.id, o.change_id AS "changeId", o.kind, o.detail, o.accepted_at AS "acceptedAt", t.test_mode AS "testMode",
           whole.finished_at AS "readAt",
           ARRAY(SELECT g.kind FROM person_guard g WHERE g.tenant_id = o.tenant_id AND 'user:' || g.user_name_key = o.resource_key) AS guards
      FROM tenant t LEFT JOIN directory_read whole ON whole.id = t.read_id
      JOIN operation o ON o.tenant_id = t.id
     WHERE t.id = ${tenantId}::uuid AND o.state = 'accepted' AND coalesce(o.detail, '') NOT LIKE E'%\\n%'
       AND o.reason IS DISTINCT FROM 'stored-differently'
       AND o.accepted_at < now() - t.visible_in_minutes * interval '1 minute'
     ORDER BY o.accepted_at LIMIT ${EXPLAIN_MAX}`;
}

/** Query this only when something is overdue: it scans every confirmed operation of the tenant. */
async function findSeenUpTo(tx: Transaction, tenantId: string): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ seenUpTo: Date | null }[]>`
    SELECT max(accepted_at) AS "seenUpTo" FROM operation WHERE tenant_id = ${tenantId}::uuid AND state = 'confirmed'`;
  return row?.seenUpTo ?? null;
}

/** Keeps one issue per tenant open while anything is overdue. */
async function recordUnseen(
  tx: Transaction,
  scope: Scope,
  tenantId: string,
  first: (Overdue & Pick<InvisibleFacts, "seenUpTo">) | undefined,
): Promise<void> {
  const code = "accepted-not-visible";
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM operation o JOIN tenant t ON t.id = o.tenant_id
     WHERE t.id = ${tenantId}::uuid AND o.state = 'accepted' AND o.reason IS DISTINCT FROM 'stored-differently' AND o.accepted_at < now() - t.visible_in_minutes * interval '1 minute'`;
  const count = row?.count ?? 0;
  if (count === 0) return resolveIssues(tx, scope, { tenantId, code });
  if (!first) return;
  const detail = `${count} ${count === 1 ? "operation was" : "operations were"} accepted but not confirmed. ${explainInvisible(first)}.`;
  await openIssue(tx, scope, { tenantId, code, detail, changeId: first.changeId });
}
