import { isTrue, type ScimResource } from "../scim/wire";
import { type AttributeKey, type AttributeValues, attributeKeys, attributes } from "./attributes";
import { coreUrn, enterpriseUrn, knowbe4Urn } from "./urns";

/** A user as KnowBe4 holds it. */
export type KnowBe4User = {
  resourceId: string;
  externalId: string | null;
  active: boolean;
  attributes: AttributeValues;
};

export type KnowBe4Group = {
  resourceId: string;
  displayName: string;
  externalId: string | null;
  /** Empty also when the answer left members out, as one that was asked to does. */
  memberIds: string[];
};

/**
 * Reads a user in whatever spelling it came: attribute names and URNs in any case (RFC 7643 section 2.1), a URN
 * with a trailing colon, extension attributes beside the core ones, numbers for text, a manager as text or object.
 * What is empty is left out. Without `active` a user is active: servers leave out what is as usual.
 */
export function fromScimUser(resource: ScimResource): KnowBe4User {
  const top = toNames(resource);
  const blocks = new Map([[coreUrn, top]]);
  for (const urn of [enterpriseUrn, knowbe4Urn]) blocks.set(urn, toNames(top.get(urn.toLowerCase())));
  const entries = attributeKeys.flatMap((key) => {
    const value = readText(readAttribute(top, blocks.get(attributes[key].urn) ?? top, key));
    return value === null ? [] : [[key, value] as const];
  });
  const values: AttributeValues = Object.fromEntries(entries);
  const active = top.get("active") ?? true;
  return {
    resourceId: resource.id,
    externalId: values.externalId ?? null,
    active: isTrue(active),
    attributes: values,
  };
}

export function fromScimGroup(resource: ScimResource): KnowBe4Group {
  const top = toNames(resource);
  const members = top.get("members");
  const ids = (Array.isArray(members) ? members : []).map(readText).filter((id) => id !== null);
  return {
    resourceId: resource.id,
    displayName: readText(top.get("displayname")) ?? "",
    externalId: readText(top.get("externalid")),
    memberIds: [...new Set(ids)],
  };
}

/** Text, or what stands for it: a number, or an object with a `value`. Null when there is none. */
export function readText(raw: unknown): string | null {
  if (typeof raw === "number" || typeof raw === "boolean") return String(raw);
  if (typeof raw === "string") return raw.trim() === "" ? null : raw;
  return isObject(raw) ? readText(toNames(raw).get("value")) : null;
}

/** What an object holds, by name in lower case without the colon some put at the end of a URN. */
type Names = ReadonlyMap<string, unknown>;

function toNames(from: unknown): Names {
  if (!isObject(from)) return new Map();
  return new Map(Object.entries(from).map(([name, value]) => [name.toLowerCase().replace(/:$/, ""), value]));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readAttribute(top: Names, block: Names, key: AttributeKey): unknown {
  const { urn, path } = attributes[key];
  const [name = "", inner] = path
    .replace(/\[.*\]/, "")
    .toLowerCase()
    .split(".");
  const type = /\[type eq "(\w+)"\]/.exec(path)?.[1];
  const found = block.get(name) ?? top.get(`${urn}:${name}`.toLowerCase());
  const entry = type === undefined ? found : findEntry(found, type);
  // A manager that is plain text is its own value.
  if (inner === "value" && !isObject(entry)) return entry;
  return inner === undefined ? entry : toNames(entry).get(inner);
}

function findEntry(list: unknown, type: string): unknown {
  const entries: unknown[] = Array.isArray(list) ? list : [list];
  return entries.find((entry) => readText(toNames(entry).get("type"))?.toLowerCase() === type);
}
