import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { type Intent, tenantIdsOf } from "@/lib/provisioning/intent";
import type { AccountFacts, DomainOwners, GroupFacts, TenantFacts } from "@/lib/provisioning/plan-types";

type TenantRow = Omit<TenantFacts, "accounts" | "groups">;

/**
 * Reads what the planner compares an intent with: the tenants, the accounts and the groups it points at.
 * @throws AppError not-found when a tenant of the intent is not the scope's.
 */
export async function readFacts(
  tx: Transaction,
  intent: Intent,
): Promise<{ tenants: TenantFacts[]; owners: DomainOwners }> {
  const tenantIds = tenantIdsOf(intent);
  const tenants = await readTenants(tx, tenantIds);
  if (tenants.length !== tenantIds.length) throw notFound("tenant");
  const accounts = await readAccounts(tx, tenantIds, intent);
  const groups = await readGroups(tx, tenantIds);
  return {
    tenants: tenants.map((tenant) => ({
      ...tenant,
      accounts: accounts.filter(({ tenantId }) => tenantId === tenant.id),
      groups: groups.filter(({ tenantId }) => tenantId === tenant.id),
    })),
    owners: await readDomainOwners(tx),
  };
}

/** Archives of the last day are those that were sent or will be; the ones in the plan itself are counted by the rail. */
function readTenants(tx: Transaction, tenantIds: string[]): Promise<TenantRow[]> {
  return tx.$queryRaw<TenantRow[]>`
    SELECT t.id, t.name, t.mode, t.state, t.domains, whole.finished_at AS "readAt",
           (SELECT count(*)::int FROM directory_user u WHERE u.tenant_id = t.id AND u.active) AS active,
           (SELECT count(*)::int FROM operation o
             WHERE o.tenant_id = t.id AND o.kind = 'archive'
               AND (o.state IN ('queued', 'sent', 'unknown') OR o.accepted_at > now() - interval '24 hours')) AS "archivedLastDay",
           t.archive_hold_min AS "archiveHoldMin", t.archive_hold_share AS "archiveHoldShare"
      FROM tenant t LEFT JOIN directory_read whole ON whole.id = t.read_id
     WHERE t.id = ANY (${tenantIds}::uuid[])`;
}

function readAccounts(
  tx: Transaction,
  tenantIds: string[],
  intent: Intent,
): Promise<(AccountFacts & { tenantId: string })[]> {
  const keys = intent.accounts.map(({ userName }) => userNameKey(userName));
  const resourceIds = intent.accounts.flatMap((account) =>
    "resourceId" in account ? [account.resourceId] : [],
  );
  return tx.$queryRaw<(AccountFacts & { tenantId: string })[]>`
    SELECT u.tenant_id AS "tenantId", u.resource_id AS "resourceId", u.user_name AS "userName",
           u.display_name AS "displayName", u.active, u.attributes,
           ARRAY(SELECT m.group_resource_id FROM directory_membership m
                  WHERE m.tenant_id = u.tenant_id AND m.user_resource_id = u.resource_id ORDER BY 1) AS "groupIds"
      FROM directory_user u
     WHERE u.tenant_id = ANY (${tenantIds}::uuid[])
       AND (u.user_name_key = ANY (${keys}::text[]) OR u.resource_id = ANY (${resourceIds}::text[]))
     ORDER BY u.resource_id`;
}

function readGroups(tx: Transaction, tenantIds: string[]): Promise<(GroupFacts & { tenantId: string })[]> {
  return tx.$queryRaw<(GroupFacts & { tenantId: string })[]>`
    SELECT tenant_id AS "tenantId", resource_id AS "resourceId", display_name AS "displayName"
      FROM directory_group WHERE tenant_id = ANY (${tenantIds}::uuid[]) ORDER BY resource_id`;
}

/** Only tenants of the scope: the name of another one would tell a technician whom the MSP serves. */
async function readDomainOwners(tx: Transaction): Promise<DomainOwners> {
  const rows = await tx.$queryRaw<{ domain: string; name: string }[]>`
    SELECT unnest(domains) AS domain, name FROM tenant WHERE state <> 'disconnected' ORDER BY name DESC`;
  return new Map(rows.map(({ domain, name }) => [domain, name]));
}
