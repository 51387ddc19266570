import { findOwnAccount } from "@/lib/changes/plan/own-account";
import { type AcceptedOperation, NOTHING_SHOWN, type Shown } from "@/lib/engine/confirm/judge-confirmation";
import { isRefusedAlone } from "@/lib/engine/run/refused-alone";
import type { KnowBe4Client } from "@/lib/knowbe4/client";
import { isScimError } from "@/lib/scim/errors";
import { nullIfNotFound } from "@/lib/scim/null-if-not-found";

/** Names what one look shows: operations of one resource share it. */
export function lookKeyOf({ id, resourceKey, resourceId }: AcceptedOperation): string {
  return resourceId === null
    ? `operation ${id}`
    : `${isAboutPerson(resourceKey) ? "user" : "group"} ${resourceId}`;
}

/** Looks an operation's resource up, by its id; only a create that was given none is looked up by name. */
export async function lookAt(
  client: KnowBe4Client,
  operation: AcceptedOperation,
  signal: AbortSignal,
): Promise<Shown> {
  try {
    return isAboutPerson(operation.resourceKey)
      ? { person: await lookAtPerson(client, operation, signal), group: null }
      : { person: null, group: await lookAtGroup(client, operation, signal) };
  } catch (error) {
    // One spoiled or refused look keeps nobody else from being confirmed.
    if (await isRefusedAlone(client, error, { signal }))
      return { ...NOTHING_SHOWN, doubt: "The tenant does not permit to read it" };
    const isOther = isScimError(error) && error.kind === "protocol" && error.reason === "other-resource";
    if (!isOther) throw error;
    return { ...NOTHING_SHOWN, doubt: "The tenant answered about somebody else" };
  }
}

export function isAboutPerson(resourceKey: string): boolean {
  return resourceKey.startsWith("user:");
}

async function lookAtPerson(
  client: KnowBe4Client,
  { resourceId, target, intent }: AcceptedOperation,
  signal: AbortSignal,
) {
  if (resourceId !== null) return nullIfNotFound(client.getUser(resourceId, { signal }));
  if (intent.kind !== "create") return null;
  return findOwnAccount(intent.values, await client.findUsersByAddress(target, { signal }));
}

async function lookAtGroup(
  client: KnowBe4Client,
  { resourceId, target, intent }: AcceptedOperation,
  signal: AbortSignal,
) {
  if (resourceId !== null) return nullIfNotFound(client.getGroup(resourceId, { signal }));
  if (intent.kind !== "group_create") return null;
  const found = await client.findGroupsByName(target, { signal });
  return found.length === 1 ? (found[0] ?? null) : null;
}
