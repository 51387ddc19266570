import { findOwnAccount } from "@/lib/changes/plan/own-account";
import type { KnowBe4Client } from "@/lib/knowbe4/client";
import type { KnowBe4User } from "@/lib/knowbe4/from-scim";
import type { ScimContext } from "@/lib/scim/exchange";
import { nullIfNotFound } from "@/lib/scim/null-if-not-found";
import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import { missingFrom } from "@/lib/engine/confirm/visible";
import type { Finding } from "@/lib/engine/run/finding";
import { memberTarget } from "@/lib/engine/send/send";
import { type Dependencies } from "@/lib/engine/run/dependencies";

/**
 * Reads whether an operation that may have been sent has taken effect (invariant I5).
 * @returns the finding when it has; null when nothing of it is visible. Sending again is then safe, because a create
 *   repeats into a 409 and every other write sets an absolute value.
 */
export async function settle(
  client: KnowBe4Client,
  operation: ClaimedOperation,
  dependencies: Dependencies,
  context: ScimContext,
): Promise<Finding | null> {
  const { intent } = operation;
  switch (intent.kind) {
    case "create": {
      const found = await client.findUsersByAddress(operation.target, context);
      const person = findOwnAccount(intent.values, found);
      if (!person) return found.length > 1 ? { state: "failed", reason: "ambiguous-match" } : null;
      return done(person.active === true && missingFrom(operation, person).length === 0, person.resourceId);
    }
    case "group_create": {
      const [group, ...others] = await client.findGroupsByName(intent.displayName, context);
      return done(group !== undefined && others.length === 0, group?.resourceId ?? null);
    }
    case "link":
      return null;
    case "update":
    case "archive":
    case "restore": {
      const person = await findPerson(client, operation.resourceId, context);
      return done(person !== null && missingFrom(operation, person).length === 0, operation.resourceId);
    }
    case "members_add":
    case "members_remove":
      return settleMembers(client, operation, dependencies, context);
  }
}

async function settleMembers(
  client: KnowBe4Client,
  operation: ClaimedOperation,
  dependencies: Dependencies,
  context: ScimContext,
): Promise<Finding | null> {
  const target = memberTarget(operation, dependencies);
  if (!target) return null;
  const group = await nullIfNotFound(client.getGroup(target.groupId, context));
  // A group created in this run is not visible before the tenant's sync; adding to it again changes nothing.
  // Nor does a group that names no members say who is not in it.
  if (!group || group.membersLeftOut) return null;
  const held = new Set(group.memberIds);
  const wantsIn = operation.intent.kind === "members_add";
  return done(
    target.memberIds.every((id) => held.has(id) === wantsIn),
    target.groupId,
  );
}

async function findPerson(
  client: KnowBe4Client,
  resourceId: string | null,
  context: ScimContext,
): Promise<KnowBe4User | null> {
  return resourceId === null ? null : nullIfNotFound(client.getUser(resourceId, context));
}

function done(isDone: boolean, resourceId: string | null): Finding | null {
  return isDone ? { state: "accepted", resourceId } : null;
}
