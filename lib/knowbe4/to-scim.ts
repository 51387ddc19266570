import type { ScimPatchOperation } from "@/lib/scim/patch";
import {
  type AttributeChanges,
  type AttributeKey,
  type AttributeValues,
  attributeKeys,
  attributes,
  toPatchPath,
} from "@/lib/knowbe4/attributes";
import { coreUrn, enterpriseUrn, groupUrn, knowbe4Urn } from "@/lib/knowbe4/urns";

/**
 * Builds the body of a create. `schemas` lists a URN exactly when its block is sent: a server may refuse an
 * undeclared block, or keep a URN without its block. The address is sent as `userName` and as the primary work
 * e-mail.
 */
export function toScimUser(values: AttributeValues): Record<string, unknown> {
  const set = attributeKeys.filter((key) => values[key] !== undefined);
  const blocks = extensionUrns.flatMap((urn) => {
    const keys = set.filter((key) => attributes[key].urn === urn);
    return keys.length === 0 ? [] : [[urn, toBlock(keys, values)] as const];
  });
  const phones = (["work", "mobile"] as const).flatMap((type) => {
    const value = values[`${type}Phone`];
    return value === undefined ? [] : [{ type, value }];
  });
  const core = set.filter((key) => attributes[key].urn === coreUrn && !attributes[key].path.includes("["));
  return {
    schemas: [coreUrn, ...blocks.map(([urn]) => urn)],
    ...toBlock(core, values),
    ...(values.userName !== undefined && {
      emails: [{ type: "work", primary: true, value: values.userName }],
    }),
    ...(phones.length > 0 && { phoneNumbers: phones }),
    ...(values.location !== undefined && { addresses: [{ type: "work", formatted: values.location }] }),
    active: true,
    ...Object.fromEntries(blocks),
  };
}

/**
 * Builds one PATCH operation an attribute, in the order of the table; clearing is `remove`, never null. An attribute
 * inside a list ("the work phone") is set with `add` on its path, which replaces an existing value (RFC 7644 section
 * 3.5.2.1) and creates one on servers that follow Entra's habits.
 *
 * Some servers answer 400 `noTarget` to a path into a list without that entry, or into an extension's object. For
 * them `asWholes` adds the entry or the object around the value instead.
 */
export function toPatchOperations(
  changes: AttributeChanges,
  { asWholes = false }: { asWholes?: boolean } = {},
): ScimPatchOperation[] {
  return attributeKeys.flatMap((key): ScimPatchOperation[] => {
    const value = changes[key];
    if (value === undefined) return [];
    if (value === null) return [{ op: "remove", path: toRemovePath(key) }];
    if (asWholes && isInWhole(key)) return [toWhole(key, value)];
    return [{ op: listEntry.test(attributes[key].path) ? "add" : "replace", path: toPatchPath(key), value }];
  });
}

/**
 * Whether its path leads into an entry of a list, such as a work phone, or into an extension's object, such as the
 * manager.
 */
export function isInWhole(key: AttributeKey): boolean {
  const { urn, path } = attributes[key];
  return listEntry.test(path) || (urn !== coreUrn && path.includes("."));
}

export function toScimGroup(displayName: string): Record<string, unknown> {
  return { schemas: [groupUrn], displayName };
}

const extensionUrns = [enterpriseUrn, knowbe4Urn];

/** `list[type eq "kind"].field` */
const listEntry = /^(\w+)\[type eq "(\w+)"\]\.(\w+)$/;

function toWhole(key: AttributeKey, value: string): ScimPatchOperation {
  const { path } = attributes[key];
  const [, list, type, field = ""] = listEntry.exec(path) ?? [];
  if (list !== undefined) return { op: "add", path: list, value: [{ type, [field]: value }] };
  const [whole = "", inner = ""] = toPatchPath(key).split(/\.(?=\w+$)/);
  return { op: "add", path: whole, value: { [inner]: value } };
}

/** A phone entry without its value is removed; of an address only our line is removed. */
function toRemovePath(key: AttributeKey): string {
  const path = toPatchPath(key);
  return path.startsWith("phoneNumbers[") ? path.replace(/\.value$/, "") : path;
}

/** Nests values by their dotted paths. */
function toBlock(keys: readonly AttributeKey[], values: AttributeValues): Record<string, unknown> {
  const block: Record<string, unknown> = {};
  for (const key of keys) {
    const [name = "", inner] = attributes[key].path.split(".");
    block[name] =
      inner === undefined ? values[key] : Object.assign(block[name] ?? {}, { [inner]: values[key] });
  }
  return block;
}
