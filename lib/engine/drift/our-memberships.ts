import "server-only";
import { REACHED } from "@/lib/db/state-lists";
import { Prisma, type Transaction } from "@/lib/db/transaction";
import type { DriftStep, OurWrite } from "@/lib/engine/drift/classify-drift";
import { groupIdOf } from "@/lib/engine/drift/drift-field";

/**
 * Settles memberships that our own changes wrote, the bulk of the drift after an import, without loading them one by
 * one. A membership is ours when the last operation that named this person and this group asked for it and may have
 * become visible only now. Less obvious cases are judged row by row.
 */
export async function settleMemberships(tx: Transaction, tenantId: string): Promise<void> {
  await tx.$executeRaw`
    WITH ${pairedIn(tenantId, Prisma.sql`d.state = 'unjudged'`)},
    lasting AS MATERIALIZED (
      SELECT drift_id, resource_id, field, is_in, seen_at, first_value(kind) OVER last AS kind,
             first_value(state) OVER last AS state, first_value(confirmed_at) OVER last AS confirmed_at
        FROM paired WINDOW last AS (PARTITION BY key, member ORDER BY sent_at DESC NULLS LAST))
    UPDATE drift d SET state = 'ours' FROM lasting l
     WHERE d.id = l.drift_id AND (l.kind = 'members_add') = l.is_in
       AND (l.state IN ('sent', 'unknown', 'accepted') OR (l.state = 'confirmed' AND l.confirmed_at >= l.seen_at))
       AND NOT EXISTS (SELECT FROM drift open WHERE open.tenant_id = ${tenantId}::uuid AND open.resource_id = l.resource_id
                          AND open.field = l.field AND open.state = 'open')`;
}

/** A drift row about a membership. */
export type ChangedMembership = Pick<DriftStep, "id" | "resourceId" | "field" | "before" | "after">;

export type MembershipWrite = OurWrite & { changeId: string };

/** All operations that we sent about these memberships, as writes to the person. */
export async function readMembershipWrites(
  tx: Transaction,
  tenantId: string,
  memberships: readonly ChangedMembership[],
): Promise<MembershipWrite[]> {
  if (memberships.length === 0) return [];
  const ids = memberships.map(({ id }) => id);
  const sent = await tx.$queryRaw<SentMember[]>`
    WITH ${pairedIn(tenantId, Prisma.sql`d.id = ANY (${ids}::bigint[])`)},
    meant AS MATERIALIZED (SELECT *, bool_or(drift_id IS NOT NULL) OVER (PARTITION BY key, member) AS is_meant FROM paired)
    SELECT key, member, kind, state, sent_at AS "sentAt", confirmed_at AS "confirmedAt", change_id AS "changeId"
      FROM meant
     WHERE is_meant AND drift_id IS NULL AND key IS NOT NULL AND member IS NOT NULL AND kind IS NOT NULL AND state IS NOT NULL
       AND change_id IS NOT NULL`;
  const fields = Map.groupBy(memberships, ({ resourceId, field }) =>
    toPair(groupIdOf(field) ?? "", resourceId),
  );
  return sent.flatMap(({ key, member, kind, ...write }) =>
    [...new Set(fields.get(toPair(key, member))?.map(({ field }) => field))].map((field) => ({
      ...write,
      resourceId: member,
      field,
      intent: { kind, displayName: "", members: [] },
      diff: [],
    })),
  );
}

type SentMember = Pick<MembershipWrite, "state" | "sentAt" | "confirmedAt" | "changeId"> & {
  key: string;
  member: string;
  kind: "members_add" | "members_remove";
};

function toPair(key: string, member: string): string {
  return JSON.stringify([key, member]);
}

/**
 * Returns changed memberships and the operations sent to their groups in one table, one row per member; `drift_id`
 * tells them apart. Pair them by sorting, not by a join: PostgreSQL estimates a row or two for such steps, and
 * compared each of 400,000 with each of 200,000.
 *
 * The key is the group's id; an operation that has not learned it yet is found by the group's name.
 *
 * Each step is separate, because under row-level security a clause that calls a function cannot use an index.
 */
function pairedIn(tenantId: string, which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`changed AS MATERIALIZED (
      SELECT d.id, d.resource_id, d.field, d.after IS NOT NULL AS is_in, d.seen_at,
             substr(d.field, 7) AS key, 'group:' || lower(trim(coalesce(d.after, d.before))) AS name_key
        FROM drift d WHERE d.tenant_id = ${tenantId}::uuid AND ${which} AND d.field LIKE 'group:%'),
    keys AS MATERIALIZED (SELECT DISTINCT key, name_key FROM changed),
    sent AS MATERIALIZED (
      SELECT k.key, o.id FROM keys k JOIN operation o ON o.tenant_id = ${tenantId}::uuid AND o.resource_id = k.key
       UNION
      SELECT k.key, o.id FROM keys k JOIN operation o ON o.tenant_id = ${tenantId}::uuid AND o.resource_key = k.name_key
       WHERE o.resource_id IS NULL),
    named AS MATERIALIZED (
      SELECT s.key, o.kind, o.state, o.sent_at, o.confirmed_at, o.change_id,
             m.value ->> 'resourceId' AS member, (m.value ->> 'operationId')::uuid AS maker_id
        FROM sent s JOIN operation o ON o.id = s.id
       CROSS JOIN LATERAL jsonb_array_elements(o.intent -> 'members') m
       WHERE o.kind IN ('members_add', 'members_remove') AND o.sent_at IS NOT NULL
         AND o.state IN ${REACHED}),
    paired AS (
      SELECT key, resource_id AS member, id AS drift_id, resource_id, field, is_in, seen_at,
             NULL AS kind, NULL AS state, NULL::timestamptz AS sent_at, NULL::timestamptz AS confirmed_at, NULL::uuid AS change_id
        FROM changed
      UNION ALL
      SELECT n.key, coalesce(n.member, maker.resource_id), NULL, NULL, NULL, NULL, NULL,
             n.kind, n.state, n.sent_at, n.confirmed_at, n.change_id
        FROM named n LEFT JOIN operation maker ON maker.tenant_id = ${tenantId}::uuid AND maker.id = n.maker_id)`;
}
