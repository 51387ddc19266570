import { equalsFilter } from "@/lib/scim/filter";

/**
 * One PATCH operation (RFC 7644 section 3.5.2). Names are in lower case, because servers exist that know no other,
 * and a path is always given, because an operation without one means different things to different servers.
 */
export type ScimPatchOperation =
  | { op: "add" | "replace"; path: string; value: unknown }
  | { op: "remove"; path: string };

const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** One server failed on 101 members in a request; none failed on 100. */
export const membersPerRequestMax = 100;

export function toPatchBody(operations: readonly ScimPatchOperation[]) {
  return { schemas: [patchSchema], Operations: operations };
}

/** A JSON boolean with a path is the only form of (de)activation that every tested server understands. */
export function toActiveOperation(active: boolean): ScimPatchOperation {
  return { op: "replace", path: "active", value: active };
}

export function toAddMembers(ids: readonly string[]): ScimPatchOperation[] {
  return [{ op: "add", path: "members", value: ids.map((id) => ({ value: id })) }];
}

/** One member an operation: a list of values in a `remove` emptied the whole group on one server. */
export function toRemoveMembers(ids: readonly string[]): ScimPatchOperation[] {
  return ids.map((id) => ({ op: "remove", path: `members[${equalsFilter("value", id)}]` }));
}

export function toBlocks<Item>(items: readonly Item[], size: number): Item[][] {
  const blocks: Item[][] = [];
  for (let start = 0; start < items.length; start += size) blocks.push(items.slice(start, start + size));
  return blocks;
}
