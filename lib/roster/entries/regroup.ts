import "server-only";
import type { Transaction } from "@/lib/db/transaction";

/**
 * Renames a roster group for everybody who has it, or removes it from them, in one statement. Inner part of a
 * decision; the caller has authorized it.
 * @param input `to` null removes it from everybody; `by` is the operator's name for the audit log.
 * @returns the number of people whose groups changed.
 */
export function renameRosterGroup(
  tx: Transaction,
  { tenantId, from, to, by }: { tenantId: string; from: string; to: string | null; by: string },
): Promise<number> {
  return tx.$executeRaw`
    WITH named AS MATERIALIZED (
      SELECT e.user_name_key, e.groups FROM roster_entry e
       WHERE e.tenant_id = ${tenantId}::uuid
         AND EXISTS (SELECT FROM unnest(e.groups) g WHERE lower(trim(g)) = lower(trim(${from})))),
    renamed AS MATERIALIZED (
      SELECT n.user_name_key, coalesce(array_agg(g ORDER BY at) FILTER (WHERE lower(trim(g)) <> lower(trim(${from}))
                                          AND lower(trim(g)) <> coalesce(lower(trim(${to})), '')), '{}') AS others
        FROM named n CROSS JOIN LATERAL unnest(n.groups) WITH ORDINALITY AS given(g, at) GROUP BY 1)
    UPDATE roster_entry e SET groups = r.others || array_remove(ARRAY[${to}::text], NULL), updated_at = now(), updated_by = ${by}
      FROM renamed r WHERE e.tenant_id = ${tenantId}::uuid AND e.user_name_key = r.user_name_key`;
}

/**
 * Adds a group of the tenant to the entries of everybody who is in it by the last read. Inner part of a decision; the
 * caller has authorized it.
 * @returns the number of people whose groups changed.
 */
export function adoptGroup(
  tx: Transaction,
  { tenantId, groupId, name, by }: { tenantId: string; groupId: string; name: string; by: string },
): Promise<number> {
  return tx.$executeRaw`
    UPDATE roster_entry e SET groups = e.groups || ${name}::text, updated_at = now(), updated_by = ${by}
      FROM directory_membership m
      JOIN directory_user u ON u.tenant_id = m.tenant_id AND u.resource_id = m.user_resource_id
     WHERE m.tenant_id = ${tenantId}::uuid AND m.group_resource_id = ${groupId}
       AND e.tenant_id = m.tenant_id AND e.user_name_key = u.user_name_key
       AND NOT EXISTS (SELECT FROM unnest(e.groups) g WHERE lower(trim(g)) = lower(trim(${name})))`;
}
