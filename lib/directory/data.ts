import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { isUuid } from "@/lib/is-uuid";
import { Prisma, transaction } from "@/lib/db/transaction";
import { accountsOfPerson } from "@/lib/directory/accounts-of-person";
import { type AccountFilter, searchAccounts, type Place } from "@/lib/directory/search-accounts";
import type { Account, AccountPage, GroupRow, ReadRow } from "@/lib/directory/types";

const ACCOUNTS_PAGE = 100;

/** Lists people over all tenants of the scope, by name, paged by key. */
export async function listAccounts(scope: Scope, filter: AccountFilter): Promise<AccountPage> {
  authorize(scope, "directory.read");
  const after = filter.after ? parseCursor(filter.after) : null;
  return transaction(scope, async (tx) => {
    const rows = await searchAccounts(tx, scope, { filter, after, limit: ACCOUNTS_PAGE + 1 });
    const incomplete = await tx.$queryRaw<AccountPage["incomplete"]>`
      SELECT t.id AS "tenantId", t.name AS "tenantName", whole.finished_at AS "readAt"
        FROM tenant t LEFT JOIN directory_read whole ON whole.id = t.read_id
       WHERE t.state <> 'disconnected' AND (${filter.tenantId ?? null}::uuid IS NULL OR t.id = ${filter.tenantId ?? null}::uuid)
         AND (whole.id IS NULL OR 'failed' = (
           SELECT r.state FROM directory_read r WHERE r.tenant_id = t.id ORDER BY r.requested_at DESC LIMIT 1))
       ORDER BY t.name`;
    const page = rows.slice(0, ACCOUNTS_PAGE);
    const last = page.at(-1);
    return {
      rows: page.map(({ sortKey: _place, ...row }) => row),
      next: rows.length > ACCOUNTS_PAGE && last ? toCursor(last) : null,
      incomplete,
    };
  });
}

const ACCOUNT_COLUMNS = Prisma.sql`
  u.tenant_id AS "tenantId", t.name AS "tenantName", u.resource_id AS "resourceId", u.user_name AS "userName",
  u.display_name AS "displayName", u.active, u.attributes,
  greatest(u.seen_at, (SELECT whole.finished_at FROM directory_read whole WHERE whole.id = t.read_id)) AS "seenAt",
  ARRAY(SELECT g.display_name FROM directory_membership m JOIN directory_group g
          ON g.tenant_id = m.tenant_id AND g.resource_id = m.group_resource_id
         WHERE m.tenant_id = u.tenant_id AND m.user_resource_id = u.resource_id ORDER BY 1) AS groups`;

/** Finds one account; null when it does not exist or is outside the scope. */
export async function findAccount(
  scope: Scope,
  input: { tenantId: string; resourceId: string },
): Promise<Account | null> {
  authorize(scope, "directory.read");
  const [account] = await transaction(
    scope,
    (tx) => tx.$queryRaw<Account[]>`
    SELECT ${ACCOUNT_COLUMNS} FROM directory_user u JOIN tenant t ON t.id = u.tenant_id
     WHERE u.tenant_id = ${input.tenantId}::uuid AND u.resource_id = ${input.resourceId}`,
  );
  return account ?? null;
}

/**
 * Lists the accounts of one human: those that share an address or an external id with the given ones.
 * @param keys addresses as userNameKey gives them.
 */
export async function listAccountsOfPerson(
  scope: Scope,
  input: { keys: string[]; externalIds: string[] },
): Promise<Account[]> {
  authorize(scope, "directory.read");
  return transaction(
    scope,
    (tx) => tx.$queryRaw<Account[]>`
    WITH meant AS (${accountsOfPerson(input)})
    SELECT ${ACCOUNT_COLUMNS} FROM meant JOIN directory_user u USING (tenant_id, resource_id) JOIN tenant t ON t.id = u.tenant_id
     WHERE t.state <> 'disconnected' ORDER BY t.name LIMIT 500`,
  );
}

/** Lists accounts with exactly this name, whatever their address. */
export async function listAccountsOfName(scope: Scope, input: { name: string }): Promise<Account[]> {
  authorize(scope, "directory.read");
  return transaction(
    scope,
    (tx) => tx.$queryRaw<Account[]>`
    SELECT ${ACCOUNT_COLUMNS} FROM directory_user u JOIN tenant t ON t.id = u.tenant_id
     WHERE t.state <> 'disconnected' AND lower(u.display_name) = lower(${input.name}) ORDER BY t.name LIMIT 50`,
  );
}

/** Lists the groups of the given tenants, by name. */
export async function listGroups(scope: Scope, input: { tenantIds: string[] }): Promise<GroupRow[]> {
  authorize(scope, "directory.read");
  return transaction(
    scope,
    (tx) => tx.$queryRaw<GroupRow[]>`
    SELECT tenant_id AS "tenantId", resource_id AS "resourceId", display_name AS "displayName", members
      FROM directory_group WHERE tenant_id = ANY (${input.tenantIds}::uuid[]) ORDER BY display_name`,
  );
}

/**
 * Lists names of groups with this beginning, by name; spellings that differ in case appear once. Without a tenant,
 * those of all tenants in reach.
 */
export async function listGroupNames(
  scope: Scope,
  { text = "", tenantId, limit }: { text?: string; tenantId?: string; limit: number },
): Promise<string[]> {
  authorize(scope, "directory.read");
  const isWithin = tenantId ? Prisma.sql`tenant_id = ${tenantId}::uuid` : Prisma.sql`true`;
  const rows = await transaction(
    scope,
    (tx) => tx.$queryRaw<{ name: string }[]>`
    SELECT min(display_name) AS name FROM directory_group
     WHERE name_key >= lower(${text}) AND name_key < lower(${text}) || ${"\u{10ffff}"} AND ${isWithin}
     GROUP BY name_key ORDER BY name_key LIMIT ${limit}`,
  );
  return rows.map(({ name }) => name);
}

/** Lists a tenant's reads, newest first. */
export async function listReads(
  scope: Scope,
  input: { tenantId: string; limit: number },
): Promise<ReadRow[]> {
  authorize(scope, "directory.read");
  const rows = await transaction(scope, (tx) =>
    tx.directoryRead.findMany({
      where: { tenantId: input.tenantId },
      orderBy: { requestedAt: "desc" },
      take: input.limit,
    }),
  );
  return rows.map(({ tenantId: _tenant, leaseUntil: _lease, epoch: _epoch, ...row }) => ({
    ...row,
    state: row.state as ReadRow["state"],
  }));
}

function toCursor({ sortKey, tenantId, resourceId }: Place): string {
  return Buffer.from(JSON.stringify([sortKey, tenantId, resourceId])).toString("base64url");
}

/** Ignores a cursor that is not ours and gives the first page. */
function parseCursor(cursor: string): Place | null {
  try {
    const [sortKey, tenantId, resourceId]: unknown[] = JSON.parse(
      Buffer.from(cursor, "base64url").toString(),
    );
    const isWhole =
      typeof sortKey === "string" &&
      typeof resourceId === "string" &&
      isUuid(String(tenantId)) &&
      !`${sortKey}${resourceId}`.includes("\0");
    return isWhole ? { sortKey, tenantId: String(tenantId), resourceId } : null;
  } catch {
    return null;
  }
}
