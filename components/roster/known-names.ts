import { attributeKeys } from "@/lib/knowbe4/attributes";
import { knownFields } from "@/lib/roster/model/person-view";
import type { RosterFacts } from "@/lib/roster/dto";

/** What forms offer to choose from: fields and groups that occur, and those that are always known. */
export type KnownNames = { fields: readonly string[]; groups: readonly string[] };

export function toKnownNames({ fields, groups }: RosterFacts): KnownNames {
  return { fields: [...new Set([...attributeKeys, ...knownFields, ...fields])], groups };
}
