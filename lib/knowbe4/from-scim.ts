import { parseBoolean, type ScimResource } from "@/lib/scim/wire";
import { type AttributeKey, type AttributeValues, attributeKeys, attributes } from "@/lib/knowbe4/attributes";
import { coreUrn, enterpriseUrn, knowbe4Urn } from "@/lib/knowbe4/urns";

/** A user as KnowBe4 holds it. */
export type KnowBe4User = {
  resourceId: string;
  externalId: string | null;
  /** Null where the answer does not say, or not in a form that can be read: unknown is neither. */
  active: boolean | null;
  attributes: AttributeValues;
};

export type KnowBe4Group = {
  resourceId: string;
  displayName: string;
  externalId: string | null;
  memberIds: string[];
  /**
   * True when the answer did not name every member: it had no list, as after a request to leave them out, or a member
   * without an id. Whoever is not in `memberIds` may then be a member.
   */
  membersLeftOut?: true | undefined;
};

/**
 * Parses a user in any spelling: attribute names and URNs in any case (RFC 7643 section 2.1), a URN with a trailing
 * colon, extension attributes beside the core ones, numbers for text, a manager as text or object. Empty values are
 * left out.
 */
export function fromScimUser(resource: ScimResource): KnowBe4User {
  const top = toNames(resource);
  const blocks = new Map([[coreUrn, top]]);
  for (const urn of [enterpriseUrn, knowbe4Urn]) blocks.set(urn, toNames(top.get(urn.toLowerCase())));
  const values: AttributeValues = {};
  for (const place of places) {
    const value = readText(readAttribute(top, blocks.get(place.urn) ?? top, place));
    if (value !== null) values[place.key] = value;
  }
  return {
    resourceId: resource.id,
    externalId: values.externalId ?? null,
    active: parseBoolean(top.get("active")),
    attributes: values,
  };
}

export function fromScimGroup(resource: ScimResource): KnowBe4Group {
  const top = toNames(resource);
  const members = top.get("members");
  const named = Array.isArray(members) ? members.map(readText) : [null];
  const ids = named.filter((id) => id !== null);
  return {
    resourceId: resource.id,
    displayName: readText(top.get("displayname")) ?? "",
    externalId: readText(top.get("externalid")),
    memberIds: [...new Set(ids)],
    ...(ids.length < named.length ? { membersLeftOut: true as const } : {}),
  };
}

/** The text of a value: text itself, a number, or an object with a `value`. Null when there is none. */
export function readText(raw: unknown): string | null {
  if (typeof raw === "number" || typeof raw === "boolean") return String(raw);
  if (typeof raw === "string") return raw.trim() === "" ? null : raw;
  return isObject(raw) ? readText(toNames(raw).get("value")) : null;
}

/** An object's members, by name in lower case without the colon that some put at the end of a URN. */
type Names = ReadonlyMap<string, unknown>;

function toNames(from: unknown): Names {
  const names = new Map<string, unknown>();
  if (!isObject(from)) return names;
  for (const [name, value] of Object.entries(from)) {
    names.set((name.endsWith(":") ? name.slice(0, -1) : name).toLowerCase(), value);
  }
  return names;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Place = { key: AttributeKey; urn: string; name: string; inner?: string; type?: string; flat: string };

/** The path of each attribute, parsed once: parsing it for every person took a third of a read's time. */
const places: readonly Place[] = attributeKeys.map((key) => {
  const { urn, path } = attributes[key];
  const [name = "", inner] = path
    .replace(/\[.*\]/, "")
    .toLowerCase()
    .split(".");
  const type = /\[type eq "(\w+)"\]/.exec(path)?.[1];
  return { key, urn, name, inner, type, flat: `${urn}:${name}`.toLowerCase() };
});

function readAttribute(top: Names, block: Names, { name, inner, type, flat }: Place): unknown {
  const found = block.get(name) ?? top.get(flat);
  if (found === undefined) return undefined;
  const entry = type === undefined ? found : findEntry(found, type);
  // A manager that is plain text is its own value.
  if (inner === "value" && !isObject(entry)) return entry;
  return inner === undefined ? entry : toNames(entry).get(inner);
}

function findEntry(list: unknown, type: string): unknown {
  const entries: unknown[] = Array.isArray(list) ? list : [list];
  return entries.find((entry) => readText(toNames(entry).get("type"))?.toLowerCase() === type);
}
