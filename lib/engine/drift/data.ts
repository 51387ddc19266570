import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { isMembership } from "@/lib/engine/drift/drift-field";
import { readMembershipWrites } from "@/lib/engine/drift/our-memberships";
import type { DecidedDrift, DriftingTenant, OpenDrift, OpenDriftPage } from "@/lib/engine/drift/types";

/** Rows that a page shows, and the size of the blocks they are decided in. */
const DRIFT_PAGE = 500;

/** Lists open drift, by person or group. */
export async function listOpenDrift(scope: Scope, input: { tenantId: string }): Promise<OpenDriftPage> {
  authorize(scope, "directory.read");
  return transaction(scope, async (tx) => {
    // Compare the plain key first: under row-level security, a clause that calls a function cannot use an index.
    const rows = await tx.$queryRaw<OpenDrift[]>`
      WITH shown AS MATERIALIZED (
        SELECT *, 'user:' || lower(user_name) AS key FROM drift WHERE tenant_id = ${input.tenantId}::uuid AND state = 'open'
         ORDER BY label, resource_id, id LIMIT ${DRIFT_PAGE})
      SELECT d.id::text, d.resource_id AS "resourceId", d.user_name AS "userName", d.label, d.field, d.before, d.after,
             d.seen_at AS "seenAt",
             (SELECT jsonb_build_object('changeId', c.id, 'number', c.number) FROM operation o JOIN change c ON c.id = o.change_id
               WHERE o.tenant_id = d.tenant_id AND o.resource_key = d.key AND o.accepted_at IS NOT NULL
                 AND EXISTS (SELECT FROM jsonb_array_elements(o.diff) AS step WHERE step ->> 'field' = d.field)
               ORDER BY o.accepted_at DESC LIMIT 1) AS "writtenBy"
        FROM shown d ORDER BY d.label, d.resource_id, d.id`;
    const [row] = await tx.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM drift WHERE tenant_id = ${input.tenantId}::uuid AND state = 'open'`;
    const writers = await readWriters(tx, input.tenantId, rows);
    return {
      rows: rows.map((line) => ({ ...line, writtenBy: writers.get(line.id) ?? line.writtenBy })),
      total: row?.total ?? 0,
    };
  });
}

/** The change of ours that last wrote each membership, by drift row id. */
async function readWriters(
  tx: Transaction,
  tenantId: string,
  rows: readonly OpenDrift[],
): Promise<Map<string, OpenDrift["writtenBy"]>> {
  const memberships = rows.filter(({ field }) => isMembership(field));
  const writes = (await readMembershipWrites(tx, tenantId, memberships))
    .filter(({ state }) => state === "accepted" || state === "confirmed")
    .sort((a, b) => Number(a.sentAt) - Number(b.sentAt));
  const last = new Map(writes.map(({ resourceId, field, changeId }) => [`${resourceId} ${field}`, changeId]));
  const changes = await tx.change.findMany({
    where: { id: { in: [...new Set(last.values())] } },
    select: { id: true, number: true },
  });
  const numbers = new Map(changes.map(({ id, number }) => [id, { changeId: id, number }]));
  return new Map(
    memberships.map(({ id, resourceId, field }) => [
      id,
      numbers.get(last.get(`${resourceId} ${field}`) ?? "") ?? null,
    ]),
  );
}

/** Lists the tenants of the scope with open drift, the most first. */
export async function listDriftingTenants(scope: Scope): Promise<DriftingTenant[]> {
  authorize(scope, "directory.read");
  return transaction(
    scope,
    (tx) => tx.$queryRaw<DriftingTenant[]>`
    SELECT t.id AS "tenantId", t.name AS "tenantName", count(*)::int AS values, coalesce(min(d.seen_at), now()) AS since
      FROM drift d JOIN tenant t ON t.id = d.tenant_id WHERE d.state = 'open' AND t.state <> 'disconnected'
     GROUP BY t.id, t.name ORDER BY 3 DESC, 2, 1`,
  );
}

/** Lists the newest decisions, newest first. */
export async function listDecidedDrift(
  scope: Scope,
  input: { tenantId: string; limit: number },
): Promise<DecidedDrift[]> {
  authorize(scope, "directory.read");
  return transaction(
    scope,
    (tx) => tx.$queryRaw<DecidedDrift[]>`
    SELECT d.id::text, d.user_name AS "userName", d.label, d.field, d.before, d.after, d.seen_at AS "seenAt", d.state, d.reason,
           (SELECT o.name FROM operator o WHERE o.id = d.decided_by) AS "decidedBy", d.decided_at AS "decidedAt",
           (SELECT jsonb_build_object('changeId', c.id, 'number', c.number, 'state', c.state) FROM change c
             WHERE c.id = d.change_id) AS change
      FROM drift d WHERE d.tenant_id = ${input.tenantId}::uuid AND d.decided_at IS NOT NULL
       AND d.state IN ('accepted', 'put_back', 'always')
     ORDER BY d.decided_at DESC, d.id DESC LIMIT ${input.limit}`,
  );
}
