import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import type { OperatorDecision } from "@/lib/roster/entries/decide";
import { recordDecisions } from "@/lib/roster/entries/record-entries";
import { renameEntry } from "@/lib/roster/entries/rename-entry";
import { acceptGroup } from "@/lib/engine/drift/accept-group";
import { GROUP_FIELD, isMembership } from "@/lib/engine/drift/drift-field";
import type { PutBack } from "@/lib/engine/drift/put-back-intents";

/** Writes the tenant's values to the roster as operators' decisions, so that no reconcile reverts them. */
export async function acceptDrift(
  tx: Transaction,
  scope: Scope,
  { tenantId, rows }: { tenantId: string; rows: readonly PutBack[] },
): Promise<void> {
  for (const row of rows) {
    const { field, resourceId, before, after } = row;
    if (field === GROUP_FIELD) await acceptGroup(tx, scope, { tenantId, row });
    if (field === "userName" && before && after) {
      await renameEntry(tx, { tenantId, resourceId, from: before, to: after, by: scope.actor.name });
    }
  }
  const ofPeople = rows.filter(({ field }) => field !== GROUP_FIELD);
  if (ofPeople.length === 0) return;
  const groups = await readGroupsOfArrived(tx, tenantId, ofPeople);
  const people = [...Map.groupBy(ofPeople, ({ resourceId }) => resourceId).values()].map((lines) =>
    toDecision(lines, groups),
  );
  await recordDecisions(tx, scope, { tenantId, changeId: null, people });
}

/** An account that appeared brings its groups with it: they have no rows of their own. */
async function readGroupsOfArrived(
  tx: Transaction,
  tenantId: string,
  rows: readonly PutBack[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = rows.flatMap(({ field, resourceId }) => (field === "appeared" ? [resourceId] : []));
  if (ids.length === 0) return new Map();
  const held = await tx.$queryRaw<{ id: string; names: string[] }[]>`
    SELECT m.user_resource_id AS id, array_agg(g.display_name ORDER BY g.display_name) AS names
      FROM directory_membership m
      JOIN directory_group g ON g.tenant_id = m.tenant_id AND g.resource_id = m.group_resource_id
     WHERE m.tenant_id = ${tenantId}::uuid AND m.user_resource_id = ANY (${ids}::text[]) GROUP BY 1`;
  return new Map(held.map(({ id, names }) => [id, names]));
}

function toDecision(
  rows: readonly PutBack[],
  groups: ReadonlyMap<string, readonly string[]>,
): OperatorDecision {
  const [first] = rows;
  const active = rows.map(toActive).find((value) => value !== undefined);
  const memberships = rows.filter(({ field }) => isMembership(field));
  const fields = Object.fromEntries(
    rows.flatMap(({ field, after }) => (isAttribute(field) ? [[field, after]] : [])),
  );
  return {
    userName: first?.userName ?? "",
    resourceId: first?.resourceId ?? null,
    fields,
    joins: [
      ...(groups.get(first?.resourceId ?? "") ?? []),
      ...memberships.flatMap(({ after }) => after ?? []),
    ],
    leaves: memberships.flatMap(({ before, after }) => (after === null && before !== null ? [before] : [])),
    ...(active === undefined ? {} : { active }),
  };
}

function toActive({ field, after }: PutBack): boolean | undefined {
  if (field === "active") return after === "true";
  return isActivity(field) ? field === "appeared" : undefined;
}

function isAttribute(field: string): boolean {
  return !isActivity(field) && !isMembership(field) && field !== "userName";
}

function isActivity(field: string): boolean {
  return field === "active" || field === "appeared" || field === "vanished";
}
