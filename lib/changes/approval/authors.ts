import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { AuthorPart, Authorship } from "@/lib/changes/model/authorship";
import type { IntentKind } from "@/lib/changes/model/intent";

export type AuthorAct = { operatorId: string; part: AuthorPart; at: Date };

type ShapedChange = { id: string; kind: IntentKind; tenantIds: readonly string[] };

/** What was moved for a whole tenant longer ago has been planned and reviewed many times since. */
const SHAPING_DAYS = 30;

/** The lines of these changes follow the roster; the lines of others follow what their requester asked for. */
const FOLLOWS_ROSTER: readonly IntentKind[] = ["import", "reconcile", "retry"];

/**
 * Reads who shaped a change, or what its held lines rest on: entries and guards of their people, and what was moved for
 * a whole tenant in the last 30 days. What was moved for a person counts until a line of the same kind that was planned
 * later is confirmed for them; another kind, such as an update of their own, proves nothing. That a person left, and a
 * guard that was removed, count for longer than 30 days: a line that nobody approved is planned again every day. The
 * rows are written by triggers (migration 0022).
 */
export function readAuthorActs(tx: Transaction, { id, kind }: ShapedChange): Promise<AuthorAct[]> {
  const always: AuthorPart[] = ["guard", "rails", "domains"];
  const parts = FOLLOWS_ROSTER.includes(kind) ? [...always, "left", "entry", "policy"] : always;
  return tx.$queryRaw<AuthorAct[]>`
    WITH held AS (
      SELECT o.tenant_id, o.resource_key, o.resource_id, o.intent -> 'members' AS members,
             (SELECT max(c.requested_at) FROM operation e JOIN change c ON c.id = e.change_id
               WHERE e.tenant_id = o.tenant_id AND e.resource_key = o.resource_key AND e.kind = o.kind
                 AND e.state = 'confirmed') AS since
        FROM operation o WHERE o.change_id = ${id}::uuid AND o.state = 'held'),
    people AS (
      SELECT tenant_id, substr(resource_key, 6) AS key, since FROM held WHERE starts_with(resource_key, 'user:')
      UNION ALL
      SELECT h.tenant_id, e.user_name_key, h.since
        FROM held h JOIN roster_entry e ON e.tenant_id = h.tenant_id AND e.resource_id = h.resource_id
      UNION ALL
      SELECT h.tenant_id, u.user_name_key, NULL
        FROM held h CROSS JOIN LATERAL jsonb_array_elements(coalesce(h.members, '[]')) m
        JOIN directory_user u ON u.tenant_id = h.tenant_id AND u.resource_id = m ->> 'resourceId'
      UNION ALL
      SELECT h.tenant_id, e.user_name_key, NULL
        FROM held h CROSS JOIN LATERAL jsonb_array_elements(coalesce(h.members, '[]')) m
        JOIN roster_entry e ON e.tenant_id = h.tenant_id AND e.resource_id = m ->> 'resourceId'),
    shaped AS (
      SELECT a.tenant_id, a.part, a.subject, a.operator_id, a.at FROM tenant_author a
       WHERE a.tenant_id IN (SELECT tenant_id FROM held) AND a.part = ANY (${parts})
         AND (a.part IN ('left', 'guard') OR a.at > now() - ${SHAPING_DAYS} * interval '1 day'))
    SELECT operator_id AS "operatorId", part, max(at) AS at FROM (
      SELECT operator_id, part, at FROM change_author WHERE change_id = ${id}::uuid
      UNION ALL
      SELECT s.operator_id, s.part, s.at FROM shaped s JOIN people p ON p.tenant_id = s.tenant_id AND p.key = s.subject
       WHERE s.at > coalesce(p.since, '-infinity')
      UNION ALL
      SELECT operator_id, part, at FROM shaped WHERE subject = '') acts
     GROUP BY operator_id, part ORDER BY at DESC, part`;
}

/** How an operator stands to what is held of a change. */
export async function readAuthorship(
  tx: Transaction,
  operatorId: string,
  change: ShapedChange,
): Promise<Authorship> {
  const acts = await readAuthorActs(tx, change);
  const authors = [...new Set(acts.map((act) => act.operatorId))];
  const [row] = await tx.$queryRaw<{ hasOther: boolean; alone: Authorship["alone"] }[]>`
    SELECT coalesce(has_other_approver(${[...change.tenantIds]}::uuid[], ${authors}::uuid[]), true) AS "hasOther",
           coalesce((SELECT CASE WHEN a.stopped_at IS NOT NULL THEN 'stopped'
                                 WHEN a.operator_id = ${operatorId}::uuid AND a.waits_until <= now() THEN 'due' ELSE 'waiting' END
              FROM approval a
             WHERE a.change_id = ${change.id}::uuid AND a.waits_until IS NOT NULL AND a.given_at IS NULL
               AND (a.stopped_by IS NULL OR a.stopped_by <> a.operator_id)
             ORDER BY a.stopped_at IS NULL DESC, a.at DESC LIMIT 1), 'none') AS alone`;
  if (!row) throw new Error("A query of one row returned none");
  return { part: acts.find((act) => act.operatorId === operatorId)?.part ?? null, ...row };
}
