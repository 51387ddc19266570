import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { blocksOf, isCompared } from "@/lib/directory/mirror";
import type { KnowBe4Group } from "@/lib/knowbe4/from-scim";

/**
 * Writes groups and exactly their members to the mirror. A group whose members the answer omitted keeps its members.
 *
 * Differences are recorded in `drift`, as writePersons does: a membership as a row of the person with the field
 * `group:` and the group's id, an added or renamed group as a row of its own. A new group brings its members, and a
 * person who appears or vanishes brings their groups: that is one decision. So in a full read, people who
 * vanished are removed before this and new people are added after it.
 */
export async function writeGroups(
  tx: Transaction,
  tenantId: string,
  groups: readonly KnowBe4Group[],
): Promise<void> {
  const newIds = await writeGroupRows(tx, tenantId, groups);
  const withMembers = groups.filter(({ membersLeftOut }) => !membersLeftOut);
  const memberships = withMembers.flatMap(({ resourceId, memberIds }) =>
    memberIds.map((member) => [resourceId, member] as const),
  );
  const groupIds = withMembers.map(({ resourceId }) => resourceId);
  await removeStaleMemberships(tx, tenantId, groupIds, memberships);
  for (const block of blocksOf(memberships)) await addMemberships(tx, tenantId, block, newIds);
}

/** @returns the ids of the groups that are new. */
async function writeGroupRows(
  tx: Transaction,
  tenantId: string,
  groups: readonly KnowBe4Group[],
): Promise<string[]> {
  const newIds: string[] = [];
  for (const block of blocksOf(groups)) {
    const given = block.map(({ resourceId, displayName, memberIds, membersLeftOut }) => ({
      resourceId,
      displayName,
      members: membersLeftOut ? null : memberIds.length,
    }));
    const rows = await tx.$queryRaw<{ id: string }[]>`
      WITH given AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS r("resourceId" text, "displayName" text, members int)),
      drifted AS (
        INSERT INTO drift (tenant_id, resource_id, user_name, label, field, before, after)
        SELECT ${tenantId}::uuid, r."resourceId", '', r."displayName", 'group', known.display_name, r."displayName"
          FROM given r
          LEFT JOIN directory_group known ON known.tenant_id = ${tenantId}::uuid AND known.resource_id = r."resourceId"
         WHERE known.display_name IS DISTINCT FROM r."displayName" AND ${isCompared(tenantId)}),
      written AS (
        INSERT INTO directory_group AS g (tenant_id, resource_id, display_name, members, seen_at)
        SELECT ${tenantId}::uuid, r."resourceId", r."displayName", coalesce(r.members, known.members, 0), now()
          FROM given r
          LEFT JOIN directory_group known ON known.tenant_id = ${tenantId}::uuid AND known.resource_id = r."resourceId"
        ON CONFLICT (tenant_id, resource_id) DO UPDATE
           SET display_name = excluded.display_name, members = excluded.members, seen_at = excluded.seen_at
        RETURNING (xmax = 0) AS is_new, g.resource_id)
      SELECT resource_id AS id FROM written WHERE is_new`;
    newIds.push(...rows.map(({ id }) => id));
  }
  return newIds;
}

async function removeStaleMemberships(
  tx: Transaction,
  tenantId: string,
  groupIds: string[],
  memberships: readonly (readonly [string, string])[],
): Promise<void> {
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM directory_membership m
       WHERE m.tenant_id = ${tenantId}::uuid AND m.group_resource_id = ANY (${groupIds}::text[])
         AND NOT EXISTS (
           SELECT FROM unnest(${memberships.map(([group]) => group)}::text[], ${memberships.map(([, user]) => user)}::text[])
                    AS kept(group_id, user_id)
            WHERE kept.group_id = m.group_resource_id AND kept.user_id = m.user_resource_id)
      RETURNING m.group_resource_id, m.user_resource_id)
    INSERT INTO drift (tenant_id, resource_id, user_name, label, field, before, after)
    SELECT ${tenantId}::uuid, u.resource_id, u.user_name, u.display_name, 'group:' || g.resource_id, g.display_name, NULL
      FROM gone
      JOIN directory_user u ON u.tenant_id = ${tenantId}::uuid AND u.resource_id = gone.user_resource_id
      JOIN directory_group g ON g.tenant_id = ${tenantId}::uuid AND g.resource_id = gone.group_resource_id
     WHERE ${isCompared(tenantId)}`;
}

async function addMemberships(
  tx: Transaction,
  tenantId: string,
  memberships: readonly (readonly [string, string])[],
  newIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    WITH joined AS (
      INSERT INTO directory_membership (tenant_id, group_resource_id, user_resource_id)
      SELECT ${tenantId}::uuid, *
        FROM unnest(${memberships.map(([group]) => group)}::text[], ${memberships.map(([, user]) => user)}::text[])
      ON CONFLICT DO NOTHING
      RETURNING group_resource_id, user_resource_id)
    INSERT INTO drift (tenant_id, resource_id, user_name, label, field, before, after)
    SELECT ${tenantId}::uuid, u.resource_id, u.user_name, u.display_name, 'group:' || g.resource_id, NULL, g.display_name
      FROM joined
      JOIN directory_user u ON u.tenant_id = ${tenantId}::uuid AND u.resource_id = joined.user_resource_id
      JOIN directory_group g ON g.tenant_id = ${tenantId}::uuid AND g.resource_id = joined.group_resource_id
     WHERE g.resource_id <> ALL (${[...newIds]}::text[]) AND ${isCompared(tenantId)}`;
}

/** Removes groups from the mirror that a full read did not show. Never call it after a partial read. */
export async function removeUnseenGroups(
  tx: Transaction,
  tenantId: string,
  groupIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM directory_membership m WHERE m.tenant_id = ${tenantId}::uuid
       AND NOT EXISTS (SELECT FROM unnest(${[...groupIds]}::text[]) AS seen(id) WHERE seen.id = m.group_resource_id)`;
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM directory_group g WHERE g.tenant_id = ${tenantId}::uuid
         AND NOT EXISTS (SELECT FROM unnest(${[...groupIds]}::text[]) AS seen(id) WHERE seen.id = g.resource_id)
      RETURNING g.resource_id, g.display_name)
    INSERT INTO drift (tenant_id, resource_id, user_name, label, field, before, after)
    SELECT ${tenantId}::uuid, resource_id, '', display_name, 'group', display_name, NULL
      FROM gone WHERE ${isCompared(tenantId)}`;
}
