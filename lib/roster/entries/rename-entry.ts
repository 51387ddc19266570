import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

/**
 * Gives an entry the current address of its account. Inner part of a decision; the caller has authorized it. An
 * address that another entry has stays with that entry.
 * @returns whether there was an entry to rename.
 */
export async function renameEntry(
  tx: Transaction,
  input: { tenantId: string; resourceId: string; from: string; to: string; by: string },
): Promise<boolean> {
  const { tenantId, resourceId, from, to, by } = input;
  const renamed = await tx.$executeRaw`
    UPDATE roster_entry e SET user_name = ${to}, user_name_key = ${userNameKey(to)}, updated_at = now(), updated_by = ${by}
     WHERE e.tenant_id = ${tenantId}::uuid AND e.user_name_key = ${userNameKey(from)}
       AND (e.resource_id IS NULL OR e.resource_id = ${resourceId})
       AND NOT EXISTS (SELECT FROM roster_entry o WHERE o.tenant_id = e.tenant_id AND o.user_name_key = ${userNameKey(to)}
                          AND o.user_name_key <> e.user_name_key)`;
  return renamed > 0;
}
