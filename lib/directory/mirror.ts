import "server-only";
import { Prisma, type Transaction } from "@/lib/db/transaction";
import { toSearchWords, toSortKey } from "@/lib/directory/search-words";
import type { KnowBe4User } from "@/lib/knowbe4/from-scim";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

/** Rows in one statement: large enough to make round trips cheap, small enough to keep a statement under 2 MB. */
const BLOCK = 1_000;

export type Written = { added: number; changed: number };

/**
 * Writes people to the mirror. Unchanged rows are not written, so the count is of real changes, and reading an
 * unchanged directory writes nothing.
 *
 * The same statement records differences in `drift`, unjudged: only here are the old values still known, and only
 * lib/engine knows which changes were ours. Nothing is recorded before the first full read, nor where another system
 * is the source: everything would be drift there.
 *
 * Somebody of whom an answer does not say whether they are active stays what they are known to be; a newcomer counts as
 * active, because an archived account is the exception (unclear-answers.ts tells it).
 */
export async function writePersons(
  tx: Transaction,
  tenantId: string,
  persons: readonly KnowBe4User[],
): Promise<Written> {
  const total: Written = { added: 0, changed: 0 };
  for (const block of blocksOf(persons.map(toUserRow))) {
    const [row] = await tx.$queryRaw<Written[]>`
      WITH answered AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(block)}::jsonb) AS r(
               "resourceId" text, "userName" text, "userNameKey" text, "displayName" text, active boolean, attributes jsonb,
               "sortKey" text, words text)),
      given AS (
        SELECT a."resourceId", a."userName", a."userNameKey", a."displayName", coalesce(a.active, known.active, true) AS active,
               a.attributes, a."sortKey", a.words
          FROM answered a
          LEFT JOIN directory_user known ON known.tenant_id = ${tenantId}::uuid AND known.resource_id = a."resourceId"),
      differing AS (
        SELECT g."resourceId", g."userName", g."displayName", u.active AS "activeBefore", g.active,
               u.attributes AS "attributesBefore", g.attributes
          FROM given g JOIN directory_user u ON u.tenant_id = ${tenantId}::uuid AND u.resource_id = g."resourceId"
         WHERE (u.active, u.attributes) IS DISTINCT FROM (g.active, g.attributes) AND ${isCompared(tenantId)}),
      written AS (
        INSERT INTO directory_user AS u (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, sort_key, words, seen_at)
        SELECT ${tenantId}::uuid, r."resourceId", r."userName", r."userNameKey", r."displayName", r.active, r.attributes,
               r."sortKey", r.words, now() FROM given r
        ON CONFLICT (tenant_id, resource_id) DO UPDATE
           SET user_name = excluded.user_name, user_name_key = excluded.user_name_key, display_name = excluded.display_name,
               active = excluded.active, attributes = excluded.attributes,
               sort_key = excluded.sort_key, words = excluded.words, seen_at = excluded.seen_at
         WHERE (u.user_name, u.display_name, u.active, u.attributes, u.sort_key, u.words)
            IS DISTINCT FROM (excluded.user_name, excluded.display_name, excluded.active, excluded.attributes, excluded.sort_key, excluded.words)
        RETURNING (xmax = 0) AS is_new, u.resource_id, u.user_name, u.display_name),
      drifted AS (
        INSERT INTO drift (tenant_id, resource_id, user_name, label, field, before, after)
        SELECT ${tenantId}::uuid, d."resourceId", d."userName", d."displayName", field, step.before, step.after
          FROM differing d CROSS JOIN LATERAL (
            SELECT coalesce(b.key, a.key) AS field, b.value AS before, a.value AS after
              FROM jsonb_each_text(d."attributesBefore") b FULL JOIN jsonb_each_text(d.attributes) a ON a.key = b.key
             WHERE a.value IS DISTINCT FROM b.value
            UNION ALL
            SELECT 'active', d."activeBefore"::text, d.active::text WHERE d.active <> d."activeBefore") step
        UNION ALL
        SELECT ${tenantId}::uuid, w.resource_id, w.user_name, w.display_name, 'appeared', NULL, w.user_name
          FROM written w WHERE w.is_new AND ${isCompared(tenantId)})
      SELECT count(*) FILTER (WHERE is_new)::int AS added, count(*) FILTER (WHERE NOT is_new)::int AS changed FROM written`;
    total.added += row?.added ?? 0;
    total.changed += row?.changed ?? 0;
  }
  return total;
}

/** Whether an earlier reading exists to compare with, and a difference would matter to anybody. */
export function isCompared(tenantId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM tenant t WHERE t.id = ${tenantId}::uuid AND t.read_id IS NOT NULL AND t.mode <> 'observe')`;
}

/**
 * Removes people from the mirror whom a full read did not show, with their memberships: a vanished person is one
 * row of drift, without rows for their groups. Never call it after a partial read.
 * @returns the number of people removed.
 */
export async function removeUnseenPersons(
  tx: Transaction,
  tenantId: string,
  userIds: readonly string[],
): Promise<number> {
  const [removed] = await tx.$queryRaw<{ count: number }[]>`
    WITH removed AS (
      DELETE FROM directory_user u WHERE u.tenant_id = ${tenantId}::uuid
         AND NOT EXISTS (SELECT FROM unnest(${[...userIds]}::text[]) AS seen(id) WHERE seen.id = u.resource_id)
      RETURNING u.resource_id, u.user_name, u.display_name),
    left_groups AS (
      DELETE FROM directory_membership m USING removed r
       WHERE m.tenant_id = ${tenantId}::uuid AND m.user_resource_id = r.resource_id),
    drifted AS (
      INSERT INTO drift (tenant_id, resource_id, user_name, label, field, before, after)
      SELECT ${tenantId}::uuid, resource_id, user_name, display_name, 'vanished', user_name, NULL
        FROM removed WHERE ${isCompared(tenantId)})
    SELECT count(*)::int AS count FROM removed`;
  return removed?.count ?? 0;
}

function toUserRow({ resourceId, active, attributes, externalId }: KnowBe4User) {
  const userName = attributes.userName ?? "";
  const name = [attributes.givenName, attributes.familyName].filter(Boolean).join(" ");
  const displayName = name || attributes.displayName || userName;
  const { title, employeeNumber } = attributes;
  return {
    resourceId,
    userName,
    userNameKey: userNameKey(userName),
    displayName,
    active,
    attributes: externalId ? { ...attributes, externalId } : attributes,
    sortKey: toSortKey(displayName),
    words: toSearchWords({
      displayName,
      userName,
      title,
      employeeNumber,
      externalId: externalId ?? undefined,
    }),
  };
}

export function* blocksOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += BLOCK) yield rows.slice(start, start + BLOCK);
}
