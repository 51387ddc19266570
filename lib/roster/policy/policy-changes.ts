import { type MappedKey, mappedKeys, type MappingRule, type RosterPolicy } from "@/lib/roster/policy/policy";

export type PolicyChange = { part: string; was: string; is: string };

/**
 * What a save changed, for the audit log: each mapping rule by its attribute, the scope and the groups as a whole. A
 * list and not a record, because the log refuses fields named like secrets, and one attribute is.
 */
export function toPolicyChanges(before: RosterPolicy, after: RosterPolicy): PolicyChange[] {
  return [
    ...mappedKeys.map((key) => ({
      part: `mapping of ${key}`,
      was: toText(ruleOf(before, key)),
      is: toText(ruleOf(after, key)),
    })),
    { part: "scope", was: toText(before.scoping), is: toText(after.scoping) },
    { part: "group names", was: toText(before.grouping.names), is: toText(after.grouping.names) },
    { part: "nested groups", was: toText(before.grouping.nesting), is: toText(after.grouping.nesting) },
    { part: "group rules", was: toText(before.grouping.rules), is: toText(after.grouping.rules) },
    { part: "other groups", was: before.grouping.others, is: after.grouping.others },
    {
      part: "memberships changed elsewhere",
      was: before.grouping.elsewhere,
      is: after.grouping.elsewhere,
    },
  ].filter(({ was, is }) => was !== is);
}

function ruleOf({ mapping }: RosterPolicy, key: MappedKey): MappingRule {
  return mapping.rules[key];
}

/** One schema parsed both sides, so their keys have the same order. */
function toText(value: unknown): string {
  return JSON.stringify(value);
}
