import "server-only";
import type { Transaction } from "@/lib/db/transaction";

/**
 * Adds every account of the last full read to the roster, in three statements however many there are. Existing entries
 * stay unchanged, except that an unlinked one gets its account: an inventory is only what was found, and overrides
 * neither a source nor an operator. Of two accounts with one address the active one is taken.
 * @param input `by` is the adopter's name for the audit log.
 */
export async function adopt(
  tx: Transaction,
  { tenantId, by }: { tenantId: string; by: string },
): Promise<{ adopted: number; linked: number }> {
  const linked = await tx.$executeRaw`
    UPDATE roster_entry e SET resource_id = u.resource_id, updated_at = now(), updated_by = ${by}
      FROM (SELECT DISTINCT ON (user_name_key) user_name_key, resource_id FROM directory_user
             WHERE tenant_id = ${tenantId}::uuid ORDER BY user_name_key, active DESC, resource_id) u
     WHERE e.tenant_id = ${tenantId}::uuid AND e.user_name_key = u.user_name_key AND e.resource_id IS NULL`;
  const adopted = await tx.$executeRaw`
    INSERT INTO roster_entry (tenant_id, user_name_key, user_name, source, resource_id, fields, groups, active, updated_by)
    SELECT DISTINCT ON (u.user_name_key) u.tenant_id, u.user_name_key, u.user_name, 'inventory', u.resource_id,
           u.attributes - 'userName', coalesce(held.names, '{}'), u.active, ${by}
      FROM directory_user u
      LEFT JOIN (SELECT m.user_resource_id, array_agg(DISTINCT g.display_name ORDER BY g.display_name) AS names
                   FROM directory_membership m
                   JOIN directory_group g ON g.tenant_id = m.tenant_id AND g.resource_id = m.group_resource_id
                  WHERE m.tenant_id = ${tenantId}::uuid GROUP BY 1) held ON held.user_resource_id = u.resource_id
     WHERE u.tenant_id = ${tenantId}::uuid AND u.user_name_key <> ''
     ORDER BY u.user_name_key, u.active DESC, u.resource_id
    ON CONFLICT (tenant_id, user_name_key) DO NOTHING`;
  await tx.$executeRaw`UPDATE tenant SET adopted_at = now() WHERE id = ${tenantId}::uuid`;
  return { adopted, linked };
}
