import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import type { KnowBe4Group } from "@/lib/knowbe4/from-scim";
import { isScimError } from "@/lib/scim/errors";

/**
 * Groups looked up one by one in one reading. If more groups come without members, none is looked up and their known
 * members stay.
 */
const LOOKUPS_MAX = 100;

/**
 * Finds the members of groups that a listing shows without any. Some servers omit members to keep pages small, others
 * omit them for empty groups (RFC 7643, section 2.5). So a group that had members is looked up. If the lookup names
 * none either, the group counts as empty only where the server names members elsewhere: nobody may count as removed
 * because a server stopped reporting.
 * @param groups a full listing.
 * @param look reads one group; throws every error except "the group is gone".
 * @returns the groups with the members found; groups that are still unclear are marked.
 */
export async function findLeftOutMembers(
  scope: Scope,
  tenantId: string,
  groups: readonly KnowBe4Group[],
  look: (groupId: string) => Promise<KnowBe4Group>,
): Promise<KnowBe4Group[]> {
  requireSystem(scope);
  const doubtful = await findDoubtful(scope, tenantId, groups);
  if (doubtful.size === 0 || doubtful.size > LOOKUPS_MAX) return [...groups];
  const looked = new Map<string, KnowBe4Group>();
  for (const id of doubtful) {
    const group = await orNull(look(id));
    if (group) looked.set(id, group);
  }
  const isNamed = [...groups, ...looked.values()].some(({ memberIds }) => memberIds.length > 0);
  return groups.map((group) => {
    const seen = looked.get(group.resourceId);
    if (!seen || (seen.membersLeftOut && !isNamed)) return group;
    return { ...seen, membersLeftOut: undefined };
  });
}

/** Groups without members in the listing whose members the mirror knows. */
async function findDoubtful(
  scope: Scope,
  tenantId: string,
  groups: readonly KnowBe4Group[],
): Promise<Set<string>> {
  const ids = groups.flatMap(({ resourceId, membersLeftOut }) => (membersLeftOut ? [resourceId] : []));
  if (ids.length === 0) return new Set();
  const rows = await transaction(
    scope,
    (tx) => tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT group_resource_id AS id FROM directory_membership
     WHERE tenant_id = ${tenantId}::uuid AND group_resource_id = ANY (${ids}::text[])`,
  );
  return new Set(rows.map(({ id }) => id));
}

async function orNull(looking: Promise<KnowBe4Group>): Promise<KnowBe4Group | null> {
  try {
    return await looking;
  } catch (error) {
    if (isScimError(error) && error.kind === "not-found") return null;
    throw error;
  }
}
