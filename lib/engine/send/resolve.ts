import type { KnowBe4Client } from "@/lib/knowbe4/client";
import type { KnowBe4User } from "@/lib/knowbe4/from-scim";
import type { ScimContext } from "@/lib/scim/exchange";
import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import { diffAttributes } from "@/lib/changes/plan/diff";
import type { Finding } from "@/lib/engine/run/finding";
import { findOwnAccount } from "@/lib/changes/plan/own-account";
import { isPlausiblySame } from "@/lib/changes/plan/plan-onboarding";

/**
 * Resolves a 409 on create: the address exists. Links the account only if it is plausibly the same person and active.
 * Two hits, another name, another source's id or an archived account need a person's decision. An address alone is
 * never enough.
 */
export async function resolveConflict(
  client: KnowBe4Client,
  operation: ClaimedOperation,
  context: ScimContext,
): Promise<Finding> {
  const { intent } = operation;
  if (intent.kind === "group_create") return linkGroup(client, operation, intent.displayName, context);
  if (intent.kind !== "create") return { state: "failed", reason: "conflict" };
  const found = await client.findUsersByAddress(operation.target, context);
  const own = findOwnAccount(intent.values, found);
  if (!own && found.length > 1)
    return { state: "failed", reason: "ambiguous-match", detail: `${found.length} accounts` };
  const person = own ?? found[0];
  return person ? linkPerson(client, person, operation, context) : notVisible(operation);
}

/**
 * Links the account and writes what differs, as the plan would have done had it seen the account. An account with
 * another source's external id belongs to that source.
 */
async function linkPerson(
  client: KnowBe4Client,
  person: KnowBe4User,
  operation: ClaimedOperation,
  context: ScimContext,
): Promise<Finding> {
  const wanted = operation.intent.kind === "create" ? operation.intent.values : {};
  const displayName = person.attributes.displayName ?? "";
  const isAnothers = person.externalId !== null && person.externalId !== wanted.externalId;
  if (isAnothers || !isPlausiblySame(wanted, { attributes: person.attributes, displayName })) {
    return { state: "failed", reason: "different-person", detail: displayName };
  }
  if (person.active === false) return { state: "failed", reason: "archived-match", detail: displayName };
  await client.updateUser(person.resourceId, diffAttributes(wanted, person.attributes), context);
  return { state: "accepted", resourceId: person.resourceId };
}

/**
 * The tenant says the name exists but shows no account. After a send whose reply was lost, it is our own write, waiting
 * for a sync: it counts as accepted, and reading back will give its id. On a first send it is a person or group that we
 * cannot see, so a person has to decide.
 */
function notVisible(operation: ClaimedOperation): Finding {
  if (operation.unsettled) return { state: "accepted", resourceId: null, reason: "accepted-not-visible" };
  return { state: "failed", reason: "conflict-not-visible" };
}

async function linkGroup(
  client: KnowBe4Client,
  operation: ClaimedOperation,
  displayName: string,
  context: ScimContext,
): Promise<Finding> {
  const found = await client.findGroupsByName(displayName, context);
  const [group] = found;
  if (found.length > 1)
    return { state: "failed", reason: "ambiguous-match", detail: `${found.length} groups` };
  return group ? { state: "accepted", resourceId: group.resourceId } : notVisible(operation);
}
