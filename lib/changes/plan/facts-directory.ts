import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { AccountFacts, GroupFacts } from "@/lib/changes/model/plan-types";

/** The part of a directory that a plan needs. */
export type Wanted =
  | "everybody"
  | { keys: readonly string[]; resourceIds: readonly string[]; externalIds: readonly string[] };

export function readAccounts(tx: Transaction, tenantId: string, wanted: Wanted): Promise<AccountFacts[]> {
  return wanted === "everybody" ? readEverybody(tx, tenantId) : readSome(tx, tenantId, wanted);
}

/** Memberships are aggregated once and joined: a lookup for each person would cost more than all the rest. */
function readEverybody(tx: Transaction, tenantId: string): Promise<AccountFacts[]> {
  return tx.$queryRaw<AccountFacts[]>`
    WITH joined AS (
      SELECT user_resource_id, array_agg(group_resource_id ORDER BY group_resource_id) AS ids
        FROM directory_membership WHERE tenant_id = ${tenantId}::uuid GROUP BY 1)
    SELECT u.resource_id AS "resourceId", u.user_name AS "userName", u.display_name AS "displayName", u.active,
           u.attributes, coalesce(joined.ids, '{}') AS "groupIds"
      FROM directory_user u LEFT JOIN joined ON joined.user_resource_id = u.resource_id
     WHERE u.tenant_id = ${tenantId}::uuid ORDER BY u.resource_id`;
}

function readSome(
  tx: Transaction,
  tenantId: string,
  { keys, resourceIds, externalIds }: Exclude<Wanted, "everybody">,
): Promise<AccountFacts[]> {
  // One branch for each index.
  return tx.$queryRaw<AccountFacts[]>`
    WITH meant AS (
      SELECT resource_id FROM directory_user
       WHERE tenant_id = ${tenantId}::uuid AND user_name_key = ANY (${[...keys]}::text[])
      UNION
      SELECT resource_id FROM directory_user
       WHERE tenant_id = ${tenantId}::uuid AND resource_id = ANY (${[...resourceIds]}::text[])
      UNION
      SELECT resource_id FROM directory_user
       WHERE tenant_id = ${tenantId}::uuid AND external_id = ANY (${[...externalIds]}::text[]))
    SELECT u.resource_id AS "resourceId", u.user_name AS "userName", u.display_name AS "displayName", u.active,
           u.attributes, ARRAY(SELECT m.group_resource_id FROM directory_membership m
                                WHERE m.tenant_id = u.tenant_id AND m.user_resource_id = u.resource_id ORDER BY 1) AS "groupIds"
      FROM directory_user u JOIN meant USING (resource_id)
     WHERE u.tenant_id = ${tenantId}::uuid ORDER BY u.resource_id`;
}

export function readGroups(tx: Transaction, tenantId: string): Promise<GroupFacts[]> {
  return tx.$queryRaw<GroupFacts[]>`
    SELECT resource_id AS "resourceId", display_name AS "displayName"
      FROM directory_group WHERE tenant_id = ${tenantId}::uuid ORDER BY resource_id`;
}

/**
 * The addresses that an account of another tenant has: KnowBe4 allows an address in one account only ("Move Users
 * Across Managed Accounts"). Read over all tenants, without saying whose it is.
 */
export async function readElsewhere(
  tx: Transaction,
  tenantId: string,
  keys: readonly string[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ key: string }[]>`
    SELECT coalesce(found.key, '') AS key FROM keys_elsewhere(${tenantId}::uuid, ${[...keys]}::text[]) AS found (key)`;
  return new Set(rows.map(({ key }) => key));
}
