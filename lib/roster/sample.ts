import { mapPerson, toActiveRules } from "@/lib/roster/policy/mapping";
import { toDesiredRoster } from "@/lib/roster/entries/desired";
import { toPersonView } from "@/lib/roster/model/person-view";
import { type MappedKey, mappedKeys, type MappingRule, type RosterPolicy } from "@/lib/roster/policy/policy";
import type { DesiredAccount, RosterEntry } from "@/lib/roster/model/types";

/**
 * Where an attribute's value comes from. `nothing`: no value is given, so the tenant's stays. `unmapped`, `protected`,
 * `console`: never written.
 */
export type SampleOrigin = "operator" | "rule" | "nothing" | "unmapped" | "protected" | "console";

type SampledAttribute = {
  key: MappedKey;
  /** Null with origin `operator` clears. */
  value: string | null;
  origin: SampleOrigin;
  isCreateOnly: boolean;
  /** Why a value was left out. */
  problem: string | null;
};

export type Sample = {
  userName: string;
  isExcluded: boolean;
  leaving: DesiredAccount["leaving"];
  groups: readonly string[];
  attributes: readonly SampledAttribute[];
};

/** Shows what a policy makes of one real person, attribute by attribute, even if they leave. */
export function toSample(policy: RosterPolicy, entry: RosterEntry, isExcluded: boolean): Sample {
  const problems = new Map<MappedKey, string>();
  const { values, createValues } = mapPerson(
    toActiveRules(policy.mapping),
    entry,
    toPersonView(entry),
    (key, message) => problems.set(key, message),
  );
  const { accounts } = toDesiredRoster({ entries: [entry], policy, excluded: new Set() });
  const [account] = accounts;
  return {
    userName: entry.userName,
    isExcluded,
    leaving: account?.leaving ?? null,
    groups: account?.groups ?? [],
    attributes: mappedKeys.map((key) => {
      const rule = policy.mapping.rules[key];
      const value = values[key] ?? createValues[key] ?? null;
      const isSaid = key in values || key in createValues;
      return {
        key,
        value,
        origin: toOrigin(rule, isSaid, Object.hasOwn(entry.overrides, key)),
        isCreateOnly: rule.isCreateOnly,
        problem: problems.get(key) ?? null,
      };
    }),
  };
}

function toOrigin(rule: MappingRule, isSaid: boolean, isDecided: boolean): SampleOrigin {
  if (rule.isProtected) return "protected";
  if (rule.owner === "tenant") return "console";
  if (rule.expression === null) return "unmapped";
  if (!isSaid) return "nothing";
  return isDecided ? "operator" : "rule";
}
