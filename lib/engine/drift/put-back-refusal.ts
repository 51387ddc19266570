import "server-only";
import { TAKEN } from "@/lib/db/state-lists";
import type { Transaction } from "@/lib/db/transaction";
import { groupIdOf } from "@/lib/engine/drift/drift-field";
import type { PutBack } from "@/lib/engine/drift/put-back-intents";

/** A group in its current state, as far as restoring memberships needs it. */
export type StandingGroup = { id: string; name: string; members: number; isOurs: boolean; isAlone: boolean };

/** Finds why memberships cannot be put back, with cause and next step; null when they can. */
export async function findGroupRefusal(
  tx: Transaction,
  tenantId: string,
  rows: readonly PutBack[],
): Promise<string | null> {
  const lines = rows.filter(({ field }) => groupIdOf(field) !== null);
  return lines.length === 0 ? null : toGroupRefusal(lines, await readStanding(tx, tenantId, lines));
}

/**
 * Changes refer to a group by name, so it must exist and its name must be unique. A group that Rollcall did not
 * create is never emptied. Pure.
 */
export function toGroupRefusal(lines: readonly PutBack[], groups: readonly StandingGroup[]): string | null {
  const standing = new Map(groups.map((group) => [group.id, group]));
  for (const [id, ofGroup] of Map.groupBy(lines, ({ field }) => groupIdOf(field) ?? "")) {
    const group = standing.get(id);
    const name = group?.name ?? ofGroup[0]?.after ?? ofGroup[0]?.before ?? "";
    if (!group) return `${name} is gone, so nobody can be added to it or removed from it. Accept it.`;
    if (!group.isAlone)
      return `The tenant has two groups named ${name}, so a change cannot choose one. Rename one of them in KnowBe4, or accept it.`;
    const leaving = ofGroup.filter(({ after }) => after !== null).length;
    if (leaving > 0 && leaving >= group.members && !group.isOurs)
      return `${name} would have no members, and Rollcall never empties a group that it did not create. Choose fewer lines, or accept them.`;
  }
  return null;
}

/** Compare the plain key first: under row-level security, a clause that calls a function cannot use an index. */
function readStanding(
  tx: Transaction,
  tenantId: string,
  lines: readonly PutBack[],
): Promise<StandingGroup[]> {
  const ids = [...new Set(lines.flatMap(({ field }) => groupIdOf(field) ?? []))];
  return tx.$queryRaw<StandingGroup[]>`
    WITH every AS MATERIALIZED (
      SELECT resource_id AS id, display_name AS name, 'group:' || lower(trim(display_name)) AS key
        FROM directory_group WHERE tenant_id = ${tenantId}::uuid)
    SELECT e.id, e.name,
           (SELECT count(*)::int FROM directory_membership m
             WHERE m.tenant_id = ${tenantId}::uuid AND m.group_resource_id = e.id) AS members,
           EXISTS (SELECT FROM operation o
                    WHERE o.tenant_id = ${tenantId}::uuid AND o.resource_key = e.key AND o.kind = 'group_create'
                      AND o.state IN ${TAKEN} AND (o.resource_id IS NULL OR o.resource_id = e.id)) AS "isOurs",
           NOT EXISTS (SELECT FROM every other WHERE other.key = e.key AND other.id <> e.id) AS "isAlone"
      FROM every e WHERE e.id = ANY (${ids}::text[])`;
}
