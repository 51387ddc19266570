import "server-only";
import { GUARDED_KIND, OPEN, UNFINISHED_RUN } from "@/lib/db/state-lists";
import type { Transaction } from "@/lib/db/transaction";
import type { AttributeKey } from "@/lib/knowbe4/attributes";
import type { FleetFacts, GuardedCounts, HoldLimit, TenantFacts } from "@/lib/changes/model/plan-types";
import { defaultPolicy, mappingSchema, protectedKeys } from "@/lib/roster/policy/policy";

type TenantRow = Omit<
  TenantFacts,
  "accounts" | "groups" | "guards" | "unguarded" | "elsewhere" | "roster" | "past"
>;
type Counted = Pick<TenantRow, "id" | "lastDay" | "pendingActive">;

/** Reads the tenants with their settings and recent writes, as far as the transaction reaches. */
export async function readTenants(tx: Transaction, tenantIds: readonly string[]): Promise<TenantRow[]> {
  const rows = await tx.$queryRaw<
    (Omit<TenantRow, "protectedKeys" | "lastDay" | "pendingActive"> & { mapping: unknown })[]
  >`
    SELECT t.id, t.name, t.mode, t.state, t.domains, whole.finished_at AS "readAt", p.mapping,
           (SELECT count(*)::int FROM directory_user u WHERE u.tenant_id = t.id AND u.active) AS active,
           jsonb_build_object(
             'limits', jsonb_build_object(
               'archive', jsonb_build_object('min', t.archive_hold_min, 'share', t.archive_hold_share),
               'restore', jsonb_build_object('min', t.restore_hold_min, 'share', t.restore_hold_share),
               'members_remove', jsonb_build_object('min', t.removal_hold_min, 'share', t.removal_hold_share)),
             'allowCreate', t.allow_create, 'allowUpdate', t.allow_update, 'allowArchive', t.allow_archive,
             'seats', t.seats) AS rails
      FROM tenant t
      LEFT JOIN directory_read whole ON whole.id = t.read_id
      LEFT JOIN roster_policy p ON p.tenant_id = t.id
     WHERE t.id = ANY (${[...tenantIds]}::uuid[]) ORDER BY t.id`;
  const counted = new Map((await countOfLate(tx, tenantIds)).map((each) => [each.id, each]));
  return rows.map(({ mapping, ...row }) => ({
    ...row,
    protectedKeys: toProtectedKeys(mapping),
    lastDay: counted.get(row.id)?.lastDay ?? { archive: 0, restore: 0, members_remove: 0 },
    pendingActive: counted.get(row.id)?.pendingActive ?? 0,
  }));
}

function toProtectedKeys(mapping: unknown): ReadonlySet<AttributeKey> {
  return mapping === null
    ? new Set()
    : protectedKeys({ ...defaultPolicy, mapping: mappingSchema.parse(mapping) });
}

/**
 * Counts the people written to in the last 24 hours or queued, and those about to become active or archived that the
 * mirror does not show yet. Each branch has an index, so a tenant's years of operations are not read.
 */
function countOfLate(tx: Transaction, tenantIds: readonly string[]): Promise<Counted[]> {
  const ids = [...tenantIds];
  return tx.$queryRaw<Counted[]>`
    WITH late AS (
      SELECT o.tenant_id, o.kind, o.intent, true AS is_pending, true AS is_of_day
        FROM run r JOIN operation o ON o.run_id = r.id
       WHERE r.tenant_id = ANY (${ids}::uuid[]) AND r.state IN ${UNFINISHED_RUN}
         AND o.state IN ${OPEN}
      UNION ALL
      SELECT tenant_id, kind, intent, true, false FROM operation
       WHERE tenant_id = ANY (${ids}::uuid[]) AND state = 'accepted'
      UNION ALL
      SELECT tenant_id, kind, intent, false, true FROM operation
       WHERE tenant_id = ANY (${ids}::uuid[]) AND kind IN ${GUARDED_KIND}
         AND accepted_at > now() - interval '24 hours' AND state NOT IN ${OPEN})
    SELECT tenant_id AS id,
           jsonb_build_object(
             'archive', count(*) FILTER (WHERE is_of_day AND kind = 'archive'),
             'restore', count(*) FILTER (WHERE is_of_day AND kind = 'restore'),
             'members_remove', coalesce(sum(jsonb_array_length(intent -> 'members'))
                                 FILTER (WHERE is_of_day AND kind = 'members_remove'), 0)) AS "lastDay",
           (count(*) FILTER (WHERE is_pending AND kind IN ('create', 'restore'))
            - count(*) FILTER (WHERE is_pending AND kind = 'archive'))::int AS "pendingActive"
      FROM late GROUP BY tenant_id`;
}

/**
 * Reads whose guard was removed, as far as no archive that was planned since is confirmed: whoever let that go has decided
 * about them (decision 42).
 */
export function readUnguarded(
  tx: Transaction,
  tenantIds: readonly string[],
): Promise<{ tenantId: string; userNameKey: string }[]> {
  return tx.$queryRaw<{ tenantId: string; userNameKey: string }[]>`
    SELECT DISTINCT a.tenant_id AS "tenantId", a.subject AS "userNameKey" FROM tenant_author a
     WHERE a.tenant_id = ANY (${[...tenantIds]}::uuid[]) AND a.part = 'guard'
       AND NOT EXISTS (SELECT FROM operation o JOIN change c ON c.id = o.change_id
                        WHERE o.tenant_id = a.tenant_id AND o.resource_key = 'user:' || a.subject AND o.kind = 'archive'
                          AND o.state = 'confirmed' AND c.requested_at > a.at)
     ORDER BY 1, 2`;
}

/** Reads the fleet's day and limit. fleet_day() includes tenants outside the scope and gives only sums of them. */
export async function readFleet(tx: Transaction): Promise<FleetFacts> {
  const [row] = await tx.$queryRaw<{ active: number; lastDay: GuardedCounts; limit: HoldLimit }[]>`
    SELECT coalesce(d.active, 0)::int AS active,
           jsonb_build_object('archive', d.archives, 'restore', d.restores, 'members_remove', d.removals) AS "lastDay",
           jsonb_build_object('min', f.hold_min, 'share', f.hold_share) AS "limit"
      FROM fleet f CROSS JOIN fleet_day() d`;
  if (!row) throw new Error("The fleet row is missing");
  return row;
}
