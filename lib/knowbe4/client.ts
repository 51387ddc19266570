import type { ScimClient } from "@/lib/scim/client";
import type { ScimListOptions } from "@/lib/scim/collection";
import { isScimError, type ScimInvalidError } from "@/lib/scim/errors";
import type { ScimContext } from "@/lib/scim/exchange";
import type { ScimResource } from "@/lib/scim/wire";
import {
  type AttributeChanges,
  type AttributeKey,
  type AttributeValues,
  attributeKeys,
  attributes,
} from "@/lib/knowbe4/attributes";
import { fromScimGroup, fromScimUser, type KnowBe4Group, type KnowBe4User } from "@/lib/knowbe4/from-scim";
import { isInWhole, toPatchOperations, toScimGroup, toScimUser } from "@/lib/knowbe4/to-scim";
import { enterpriseUrn, knowbe4Urn } from "@/lib/knowbe4/urns";

/** A page of a listing; see ScimPage for how far its numbers can be trusted. */
type KnowBe4Page<Item> = { items: Item[]; startIndex: number; totalResults: number; received: number };

type CreatedUser = {
  user: KnowBe4User;
  /** Attributes that the tenant refused; the person was created without them. Usually empty. */
  dropped: AttributeKey[];
};

/**
 * A client for KnowBe4's dialect of SCIM. A result says what the tenant accepted, not what its console shows: a
 * KnowBe4 sync comes later. Writes return the resource as answered, or null when the answer held none. Every failure
 * is a ScimError; `explainError` gives the next step for people.
 */
export type KnowBe4Client = {
  readonly host: string;
  /** After a 400 about a schema it leaves out that extension, and then the next, so that none keeps anybody out. */
  createUser(values: AttributeValues, context?: ScimContext): Promise<CreatedUser>;
  /** Sends only what `changes` names; without any it sends nothing and returns null. */
  updateUser(id: string, changes: AttributeChanges, context?: ScimContext): Promise<KnowBe4User | null>;
  archiveUser(id: string, context?: ScimContext): Promise<KnowBe4User | null>;
  restoreUser(id: string, context?: ScimContext): Promise<KnowBe4User | null>;
  /** All users with that address, whatever its case. A person has to resolve more than one. */
  findUsersByAddress(address: string, context?: ScimContext): Promise<KnowBe4User[]>;
  getUser(id: string, context?: ScimContext): Promise<KnowBe4User>;
  /** Reads one user of the listing, whoever it is: throws what the tenant says to the token, of nobody in particular. */
  checkToken(context?: ScimContext): Promise<void>;
  listUsers(options?: ScimListOptions, context?: ScimContext): AsyncGenerator<KnowBe4Page<KnowBe4User>>;
  createGroup(displayName: string, context?: ScimContext): Promise<KnowBe4Group>;
  findGroupsByName(displayName: string, context?: ScimContext): Promise<KnowBe4Group[]>;
  getGroup(id: string, context?: ScimContext): Promise<KnowBe4Group>;
  listGroups(options?: ScimListOptions, context?: ScimContext): AsyncGenerator<KnowBe4Page<KnowBe4Group>>;
  addMembers(groupId: string, userIds: readonly string[], context?: ScimContext): Promise<void>;
  removeMembers(groupId: string, userIds: readonly string[], context?: ScimContext): Promise<void>;
};

export function createKnowBe4Client(scim: ScimClient): KnowBe4Client {
  const { users, groups } = scim;
  return {
    host: scim.host,
    createUser: (values, context) => createUser(scim, values, context),
    updateUser: (id, changes, context) => updateUser(scim, id, changes, context),
    archiveUser: async (id, context) => toUserOrNull(await users.deactivate(id, context)),
    restoreUser: async (id, context) => toUserOrNull(await users.reactivate(id, context)),
    findUsersByAddress: async (address, context) =>
      (await users.findByUserName(address, context)).map(fromScimUser),
    getUser: async (id, context) => fromScimUser(await users.get(id, context)),
    checkToken: async (context) => void (await users.listOnce({ count: 1 }, context)),
    listUsers: (options, context) => mapPages(users.list(options, context), fromScimUser),
    createGroup: async (name, context) => fromScimGroup(await groups.create(toScimGroup(name), context)),
    findGroupsByName: async (name, context) =>
      (await groups.findByDisplayName(name, context)).map(fromScimGroup),
    getGroup: async (id, context) => fromScimGroup(await groups.get(id, context)),
    listGroups: (options, context) => mapPages(groups.list(options, context), fromScimGroup),
    addMembers: groups.addMembers,
    removeMembers: groups.removeMembers,
  };
}

async function createUser(
  { users }: ScimClient,
  values: AttributeValues,
  context?: ScimContext,
): Promise<CreatedUser> {
  const dropped: AttributeKey[] = [];
  for (;;) {
    const kept = Object.fromEntries(
      Object.entries(values).filter(([key]) => !dropped.some((each) => each === key)),
    );
    try {
      return { user: fromScimUser(await users.create(toScimUser(kept), context)), dropped };
    } catch (error) {
      const refused = findRefusedKeys(error, kept);
      if (refused.length === 0) throw error;
      dropped.push(...refused);
    }
  }
}

/** KnowBe4's own extension is the one that another server may not know; the enterprise one is in RFC 7643 section 4.3. */
const mostDoubtfulFirst = [knowbe4Urn, enterpriseUrn];

/**
 * The attributes of the one extension that a 400 is about: the URN that its detail names, or the most doubtful one when
 * it speaks of schemas in general. Empty when it is about something else, or no extension was sent.
 */
function findRefusedKeys(error: unknown, values: AttributeValues): AttributeKey[] {
  if (!isRefusal(error)) return [];
  const detail = error.detail.toLowerCase();
  const keysOf = (urn: string) =>
    attributeKeys.filter((key) => values[key] !== undefined && attributes[key].urn === urn);
  const sent = mostDoubtfulFirst.filter((urn) => keysOf(urn).length > 0);
  const isAboutSchemas = /\bschemas?\b|\bextensions?\b/.test(detail);
  const refused =
    sent.find((urn) => detail.includes(urn.toLowerCase())) ?? (isAboutSchemas ? sent[0] : undefined);
  return refused === undefined ? [] : keysOf(refused);
}

async function updateUser(
  { users }: ScimClient,
  id: string,
  changes: AttributeChanges,
  context?: ScimContext,
): Promise<KnowBe4User | null> {
  const operations = toPatchOperations(changes);
  if (operations.length === 0) return null;
  try {
    return toUserOrNull(await users.patch(id, operations, context));
  } catch (error) {
    // A strict server refuses to set a work phone where there is none: retry with the same values as whole entries.
    const setsInWhole = attributeKeys.some((key) => isInWhole(key) && typeof changes[key] === "string");
    if (!setsInWhole || !isRefusal(error) || error.scimType !== "noTarget") throw error;
    return toUserOrNull(await users.patch(id, toPatchOperations(changes, { asWholes: true }), context));
  }
}

function isRefusal(error: unknown): error is ScimInvalidError {
  return isScimError(error) && error.kind === "invalid" && error.status === 400;
}

function toUserOrNull(resource: ScimResource | null): KnowBe4User | null {
  return resource && fromScimUser(resource);
}

async function* mapPages<Item>(
  pages: ReturnType<ScimClient["users"]["list"]>,
  map: (resource: ScimResource) => Item,
): AsyncGenerator<KnowBe4Page<Item>> {
  for await (const { resources, ...numbers } of pages) yield { items: resources.map(map), ...numbers };
}
