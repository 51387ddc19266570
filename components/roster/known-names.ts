import { attributeKeys } from "@/lib/knowbe4/attributes";
import { knownFields } from "@/lib/roster/model/person-view";
import type { RosterFacts } from "@/lib/roster/dto";

/** The names that forms offer: known fields and groups, and those that occur on the roster. */
export type KnownNames = { fields: readonly string[]; groups: readonly string[] };

export function toKnownNames({ fields, groups }: RosterFacts): KnownNames {
  return { fields: [...new Set([...attributeKeys, ...knownFields, ...fields])], groups };
}
