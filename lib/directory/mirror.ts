import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { KnowBe4Group, KnowBe4User } from "@/lib/knowbe4/from-scim";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

/** Rows in one statement: large enough to make round trips cheap, small enough to keep a statement under 2 MB. */
const BLOCK = 1_000;

export type Written = { added: number; changed: number };

/**
 * Puts people into the mirror. Rows that are the same already are not written, so what is counted as changed has
 * changed, and a read of an unchanged directory writes nothing.
 */
export async function writePersons(
  tx: Transaction,
  tenantId: string,
  persons: readonly KnowBe4User[],
): Promise<Written> {
  const total: Written = { added: 0, changed: 0 };
  for (const block of blocksOf(persons.map(toUserRow))) {
    const [row] = await tx.$queryRaw<Written[]>`
      WITH written AS (
        INSERT INTO directory_user AS u (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
        SELECT ${tenantId}::uuid, r."resourceId", r."userName", r."userNameKey", r."displayName", r.active, r.attributes, now()
          FROM jsonb_to_recordset(${JSON.stringify(block)}::jsonb) AS r(
               "resourceId" text, "userName" text, "userNameKey" text, "displayName" text, active boolean, attributes jsonb)
        ON CONFLICT (tenant_id, resource_id) DO UPDATE
           SET user_name = excluded.user_name, user_name_key = excluded.user_name_key, display_name = excluded.display_name,
               active = excluded.active, attributes = excluded.attributes, seen_at = excluded.seen_at
         WHERE (u.user_name, u.display_name, u.active, u.attributes)
            IS DISTINCT FROM (excluded.user_name, excluded.display_name, excluded.active, excluded.attributes)
        RETURNING (xmax = 0) AS is_new)
      SELECT count(*) FILTER (WHERE is_new)::int AS added, count(*) FILTER (WHERE NOT is_new)::int AS changed FROM written`;
    total.added += row?.added ?? 0;
    total.changed += row?.changed ?? 0;
  }
  return total;
}

/** Puts groups and exactly their members into the mirror. */
export async function writeGroups(
  tx: Transaction,
  tenantId: string,
  groups: readonly KnowBe4Group[],
): Promise<void> {
  for (const block of blocksOf(groups)) {
    const rows = block.map(({ resourceId, displayName, memberIds }) => ({
      resourceId,
      displayName,
      members: memberIds.length,
    }));
    await tx.$executeRaw`
      INSERT INTO directory_group AS g (tenant_id, resource_id, display_name, members, seen_at)
      SELECT ${tenantId}::uuid, r."resourceId", r."displayName", r.members, now()
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("resourceId" text, "displayName" text, members int)
      ON CONFLICT (tenant_id, resource_id) DO UPDATE
         SET display_name = excluded.display_name, members = excluded.members, seen_at = excluded.seen_at`;
  }
  const memberships = groups.flatMap(({ resourceId, memberIds }) =>
    memberIds.map((member) => [resourceId, member] as const),
  );
  await removeStaleMemberships(
    tx,
    tenantId,
    groups.map(({ resourceId }) => resourceId),
    memberships,
  );
  for (const block of blocksOf(memberships)) {
    await tx.$executeRaw`
      INSERT INTO directory_membership (tenant_id, group_resource_id, user_resource_id)
      SELECT ${tenantId}::uuid, * FROM unnest(${block.map(([group]) => group)}::text[], ${block.map(([, user]) => user)}::text[])
      ON CONFLICT DO NOTHING`;
  }
}

async function removeStaleMemberships(
  tx: Transaction,
  tenantId: string,
  groupIds: string[],
  memberships: readonly (readonly [string, string])[],
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM directory_membership m
     WHERE m.tenant_id = ${tenantId}::uuid AND m.group_resource_id = ANY (${groupIds}::text[])
       AND NOT EXISTS (
         SELECT FROM unnest(${memberships.map(([group]) => group)}::text[], ${memberships.map(([, user]) => user)}::text[])
                  AS kept(group_id, user_id)
          WHERE kept.group_id = m.group_resource_id AND kept.user_id = m.user_resource_id)`;
}

/**
 * Takes out of the mirror whoever a whole reading did not show. Only ever called with a whole reading.
 * @returns how many people were taken out.
 */
export async function removeUnseen(
  tx: Transaction,
  tenantId: string,
  userIds: readonly string[],
  groupIds: readonly string[],
): Promise<number> {
  await tx.$executeRaw`
    DELETE FROM directory_membership m WHERE m.tenant_id = ${tenantId}::uuid
       AND NOT EXISTS (SELECT FROM unnest(${[...groupIds]}::text[]) AS seen(id) WHERE seen.id = m.group_resource_id)`;
  await tx.$executeRaw`
    DELETE FROM directory_group g WHERE g.tenant_id = ${tenantId}::uuid
       AND NOT EXISTS (SELECT FROM unnest(${[...groupIds]}::text[]) AS seen(id) WHERE seen.id = g.resource_id)`;
  return tx.$executeRaw`
    DELETE FROM directory_user u WHERE u.tenant_id = ${tenantId}::uuid
       AND NOT EXISTS (SELECT FROM unnest(${[...userIds]}::text[]) AS seen(id) WHERE seen.id = u.resource_id)`;
}

function toUserRow({ resourceId, active, attributes, externalId }: KnowBe4User) {
  const userName = attributes.userName ?? "";
  const name = [attributes.givenName, attributes.familyName].filter(Boolean).join(" ");
  return {
    resourceId,
    userName,
    userNameKey: userNameKey(userName),
    displayName: name || attributes.displayName || userName,
    active,
    attributes: externalId ? { ...attributes, externalId } : attributes,
  };
}

function* blocksOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += BLOCK) yield rows.slice(start, start + BLOCK);
}
