import { toNotTakenWords } from "@/lib/engine/confirm/judge-confirmation";
import type { AttributeValues } from "@/lib/knowbe4/attributes";
import type { KnowBe4Client } from "@/lib/knowbe4/client";
import type { KnowBe4User } from "@/lib/knowbe4/from-scim";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { groupResourceKey } from "@/lib/changes/plan/planned-operation";
import type { ScimContext } from "@/lib/scim/exchange";
import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import type { Finding } from "@/lib/engine/run/finding";
import { makersOf, type StoredMember } from "@/lib/changes/model/stored-intent";
import type { Dependencies } from "@/lib/engine/run/dependencies";

/**
 * Sends the write, once.
 * @returns accepted with the resource's id when the tenant answered 2xx. Accepted is not done: KnowBe4 applies later.
 * @throws ScimError as the client throws it.
 */
export async function send(
  client: KnowBe4Client,
  operation: ClaimedOperation,
  dependencies: Dependencies,
  context: ScimContext,
): Promise<Finding> {
  const { intent } = operation;
  switch (intent.kind) {
    case "create": {
      const { user, dropped } = await client.createUser(intent.values, context);
      if (isAboutAnother(intent.values, user)) return ABOUT_ANOTHER;
      const { resourceId } = user;
      if (dropped.length === 0) return { state: "accepted", resourceId };
      const told = {
        reason: "stored-differently",
        detail: toNotTakenWords(dropped),
        notTaken: dropped,
      } as const;
      return { state: "accepted", resourceId, ...told };
    }
    case "group_create": {
      const group = await client.createGroup(intent.displayName, context);
      if (group.displayName && groupResourceKey(group.displayName) !== groupResourceKey(intent.displayName))
        return ABOUT_ANOTHER;
      return { state: "accepted", resourceId: group.resourceId };
    }
    case "link": {
      const user = await client.getUser(resourceOf(operation), context);
      return { state: "accepted", resourceId: user.resourceId };
    }
    case "update":
      await client.updateUser(resourceOf(operation), intent.changes, context);
      return { state: "accepted", resourceId: operation.resourceId };
    case "archive":
      await client.archiveUser(resourceOf(operation), context);
      return { state: "accepted", resourceId: operation.resourceId };
    case "restore":
      await client.restoreUser(resourceOf(operation), context);
      return { state: "accepted", resourceId: operation.resourceId };
    case "members_add":
    case "members_remove":
      return sendMembers(client, operation, dependencies, context);
  }
}

/** The write was accepted; whom it made, a look finds out (decision 41). */
const ABOUT_ANOTHER: Finding = {
  state: "accepted",
  resourceId: null,
  reason: "accepted-not-visible",
  detail: "The tenant answered about another resource than the one that was created",
};

/** Whether a create's answer names another address and not our external id. An answer may name neither. */
function isAboutAnother(wanted: AttributeValues, { attributes, externalId }: KnowBe4User): boolean {
  if (wanted.externalId !== undefined && wanted.externalId === externalId) return false;
  const { userName } = attributes;
  return userName !== undefined && userNameKey(userName) !== userNameKey(wanted.userName ?? "");
}

async function sendMembers(
  client: KnowBe4Client,
  operation: ClaimedOperation,
  dependencies: Dependencies,
  context: ScimContext,
): Promise<Finding> {
  const target = memberTarget(operation, dependencies);
  if (!target)
    return {
      state: "waiting",
      reason: "accepted-not-visible",
      detail: "The tenant does not show the person or the group yet",
    };
  const write = operation.intent.kind === "members_add" ? client.addMembers : client.removeMembers;
  await write(target.groupId, target.memberIds, context);
  return { state: "accepted", resourceId: target.groupId };
}

/** The ids that a membership write needs, or null while one is unknown. People who were not created are left out. */
export function memberTarget(
  operation: ClaimedOperation,
  dependencies: Dependencies,
): { groupId: string; memberIds: string[] } | null {
  if (operation.intent.kind !== "members_add" && operation.intent.kind !== "members_remove") return null;
  const members = operation.intent.members.filter(
    (member) => !("operationId" in member && dependencies.isUndone(member.operationId)),
  );
  const memberIds = members.map((member: StoredMember) =>
    "operationId" in member ? dependencies.resourceIdOf(member.operationId) : member.resourceId,
  );
  const makers = makersOf(operation.intent);
  const groupOperation = operation.dependsOn.find((id) => !makers.has(id));
  const groupId = operation.resourceId ?? (groupOperation ? dependencies.resourceIdOf(groupOperation) : null);
  const known = memberIds.filter((id): id is string => id !== null);
  return groupId !== null && known.length === memberIds.length ? { groupId, memberIds: known } : null;
}

function resourceOf(operation: ClaimedOperation): string {
  if (operation.resourceId === null)
    throw new Error(`The plan has no resource for the operation ${operation.kind}`);
  return operation.resourceId;
}
