import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { Prisma, type Transaction } from "@/lib/db/transaction";
import { toTerms } from "@/lib/directory/search-words";
import type { AccountRow } from "@/lib/directory/types";

export type AccountFilter = {
  tenantId?: string;
  /** Beginnings of words of a name, an address, a title or a number, in any order. */
  text?: string;
  state?: "active" | "archived";
  /** A group's display name. */
  group?: string;
  /** The `next` of the page before. */
  after?: string;
};

/** A row's position in the list: the key that pages go by. */
export type Place = { sortKey: string; tenantId: string; resourceId: string };

/** A row and its position. */
export type PlacedRow = AccountRow & { sortKey: string };

type Search = {
  filter: AccountFilter;
  /** The tenants to search; null means all of them. */
  tenantIds: readonly string[] | null;
  after: Place | null;
  limit: number;
  bounds: typeof BOUNDS;
};

/** Limits that decide whether a search walks the list or uses an index. A test takes smaller ones. */
export const BOUNDS = {
  /** A word of at least this many people is common. */
  common: 20_000,
  /** A group of this many is common: each member's position is looked up singly. */
  commonGroup: 5_000,
  /** If this much of the list does not fill a page, the search uses the indexes of common words. */
  walked: 5_000,
  /** Up to this many tenants are each read by their own index; more are read along the list of all. */
  fewTenants: 50,
};

const PLACE = Prisma.sql`sort_key, tenant_id, resource_id`;

/**
 * Lists one page of people by name, at a cost that does not grow with their number: along the list where the search
 * has only common words or none, else from the people with the rare words (docs/decisions/0032).
 */
export async function searchAccounts(
  tx: Transaction,
  scope: Scope,
  {
    filter,
    after,
    limit,
    bounds = BOUNDS,
  }: Omit<Search, "tenantIds" | "bounds"> & Partial<Pick<Search, "bounds">>,
): Promise<PlacedRow[]> {
  const search: Search = { filter, after, limit, bounds, tenantIds: tenantsOf(scope, filter) };
  const terms = toTerms(filter.text ?? "");
  if (filter.text && terms.length === 0) return [];
  if (terms.length === 0 && !filter.group)
    return tx.$queryRaw<PlacedRow[]>(withDetails(listed(search, limit), search));
  const reach = reachOf(search.tenantIds);
  const words = terms.map((term) => wordSet(reach, term));
  const all = filter.group ? [...words, groupSet(reach, filter.group)] : words;
  const rare = await chooseRare(tx, words, { reach, group: filter.group, bounds });
  if (rare.length === 0 && !isFew(search)) {
    const rows = await tx.$queryRaw<PlacedRow[]>(withDetails(listed(search, bounds.walked), search));
    if (rows.length === limit) return rows;
  }
  return tx.$queryRaw<PlacedRow[]>(withDetails(met(rare.length > 0 ? rare : all, after), search));
}

function tenantsOf(scope: Scope, { tenantId }: AccountFilter): readonly string[] | null {
  if (tenantId) return [tenantId];
  return scope.tenants === "all" ? null : scope.tenants;
}

/** The tenants to search, as a table. */
function reachOf(tenantIds: readonly string[] | null): Prisma.Sql {
  const chosen = tenantIds === null ? Prisma.empty : Prisma.sql`AND id = ANY (${[...tenantIds]}::uuid[])`;
  return Prisma.sql`(SELECT id FROM tenant WHERE state <> 'disconnected' ${chosen})`;
}

/**
 * The people with a word that begins with the term. One index lookup for each tenant: the key begins with the tenant,
 * so that a reading of one writes in one place. OFFSET 0 keeps the planner from scanning all words at once.
 */
function wordSet(reach: Prisma.Sql, term: string): Prisma.Sql {
  return Prisma.sql`SELECT w.sort_key, w.tenant_id, w.resource_id FROM ${reach} AS reach CROSS JOIN LATERAL (
    SELECT ${PLACE} FROM directory_word
     WHERE tenant_id = reach.id AND word >= ${term} AND word < ${`${term}\u{10ffff}`} OFFSET 0) AS w`;
}

function groupSet(reach: Prisma.Sql, group: string): Prisma.Sql {
  return Prisma.sql`SELECT u.sort_key, u.tenant_id, u.resource_id FROM ${groupsNamed(reach, group)} AS g
    JOIN directory_membership m ON m.tenant_id = g.tenant_id AND m.group_resource_id = g.resource_id
    CROSS JOIN LATERAL (SELECT ${PLACE} FROM directory_user
       WHERE tenant_id = m.tenant_id AND resource_id = m.user_resource_id OFFSET 0) AS u`;
}

function groupsNamed(reach: Prisma.Sql, group: string): Prisma.Sql {
  return Prisma.sql`(SELECT tenant_id, resource_id, members FROM directory_group
    WHERE name_key = lower(${group}) AND tenant_id IN (SELECT id FROM ${reach} AS reach))`;
}

/** The sets that are small enough to read completely. None: all search terms are common. */
async function chooseRare(
  tx: Transaction,
  words: readonly Prisma.Sql[],
  { reach, group, bounds }: { reach: Prisma.Sql; group: string | undefined; bounds: typeof BOUNDS },
): Promise<Prisma.Sql[]> {
  const { common, commonGroup } = bounds;
  const sizes = words.map(
    (set) => Prisma.sql`(SELECT count(*)::int FROM (${set} LIMIT ${common}) AS counted)`,
  );
  const members = group
    ? Prisma.sql`(SELECT coalesce(sum(members), 0)::int FROM ${groupsNamed(reach, group)} AS g)`
    : Prisma.sql`NULL::int`;
  const [found] = await tx.$queryRaw<{ sizes: number[]; members: number | null }[]>`
    SELECT ARRAY[${Prisma.join([...sizes, Prisma.sql`${common}::int`])}] AS sizes, ${members} AS members`;
  const rare = words.filter((_set, index) => (found?.sizes[index] ?? common) < common);
  const isGroupRare =
    group !== undefined && found !== undefined && (found.members ?? commonGroup) < commonGroup;
  return isGroupRare ? [...rare, groupSet(reach, group)] : rare;
}

/** The positions of people who are in all of the sets, in order. */
function met(sets: readonly Prisma.Sql[], after: Place | null): Prisma.Sql {
  return Prisma.sql`SELECT ${PLACE} FROM (${Prisma.join([...sets], " INTERSECT ")}) AS met ${
    sets.length === 1
      ? Prisma.sql`WHERE ${isAfter(after)} GROUP BY ${PLACE}`
      : Prisma.sql`WHERE ${isAfter(after)}`
  } ORDER BY ${PLACE}`;
}

/** The first `limit` positions of the list: merged from an index scan of each tenant and state. */
function listed({ filter, tenantIds, after, bounds }: Search, limit: number): Prisma.Sql {
  const states = filter.state ? [filter.state === "active"] : [true, false];
  const isState = Prisma.sql`unnest(${states}::boolean[]) AS kind (active)`;
  if (!isFew({ tenantIds, bounds }))
    return Prisma.sql`SELECT ${PLACE} FROM ${isState} CROSS JOIN LATERAL (
      SELECT ${PLACE} FROM directory_user u WHERE u.active = kind.active AND ${isAfter(after)} AND ${isAmong(tenantIds)}
         AND u.tenant_id <> ALL (ARRAY(SELECT id FROM tenant WHERE state = 'disconnected'))
       ORDER BY ${PLACE} LIMIT ${limit}) AS u ORDER BY ${PLACE} LIMIT ${limit}`;
  return Prisma.sql`SELECT ${PLACE} FROM ${reachOf(tenantIds)} AS reach CROSS JOIN ${isState} CROSS JOIN LATERAL (
    SELECT ${PLACE} FROM directory_user u WHERE u.tenant_id = reach.id AND u.active = kind.active AND ${isAfter(after)}
     ORDER BY sort_key, resource_id LIMIT ${limit}) AS u ORDER BY ${PLACE} LIMIT ${limit}`;
}

function isFew({ tenantIds, bounds }: Pick<Search, "tenantIds" | "bounds">): boolean {
  return tenantIds !== null && tenantIds.length <= bounds.fewTenants;
}

function isAmong(tenantIds: readonly string[] | null): Prisma.Sql {
  return tenantIds === null ? Prisma.sql`true` : Prisma.sql`u.tenant_id = ANY (${[...tenantIds]}::uuid[])`;
}

function isAfter(after: Place | null): Prisma.Sql {
  if (!after) return Prisma.sql`true`;
  return Prisma.sql`(${PLACE}) > (${after.sortKey}, ${after.tenantId}::uuid, ${after.resourceId})`;
}

/** The rows of the first people at these positions that match the whole filter. */
function withDetails(places: Prisma.Sql, { filter, limit }: Search): Prisma.Sql {
  return Prisma.sql`
    SELECT place.sort_key AS "sortKey", place.tenant_id AS "tenantId", t.name AS "tenantName", place.resource_id AS "resourceId",
           u.user_name AS "userName", u.display_name AS "displayName", u.active,
           u.attributes ->> 'title' AS title, u.attributes ->> 'department' AS department
      FROM (${places}) AS place
      CROSS JOIN LATERAL (
        SELECT * FROM directory_user
         WHERE tenant_id = place.tenant_id AND resource_id = place.resource_id AND ${passes(filter)} OFFSET 0) AS u
      CROSS JOIN LATERAL (SELECT name FROM tenant WHERE id = place.tenant_id OFFSET 0) AS t
     ORDER BY place.sort_key, place.tenant_id, place.resource_id LIMIT ${limit}`;
}

function passes({ state, text, group }: AccountFilter): Prisma.Sql {
  const conditions = [
    Prisma.sql`true`,
    state ? Prisma.sql`active = ${state === "active"}` : null,
    ...toTerms(text ?? "").map((term) => Prisma.sql`strpos(words, ${` ${term}`}) > 0`),
    group
      ? Prisma.sql`EXISTS (SELECT FROM directory_membership m JOIN directory_group g
           ON g.tenant_id = m.tenant_id AND g.resource_id = m.group_resource_id
         WHERE m.tenant_id = place.tenant_id AND m.user_resource_id = place.resource_id AND g.name_key = lower(${group}))`
      : null,
  ].filter((condition) => condition !== null);
  return Prisma.join(conditions, " AND ");
}
