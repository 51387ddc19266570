import { isMet, toFolded } from "@/lib/roster/policy/condition";
import type { PersonView } from "@/lib/roster/model/person-view";
import type { Grouping } from "@/lib/roster/policy/policy";

/**
 * Prepares the computation of people's KnowBe4 groups: their roster groups and all groups these are nested in,
 * through the name map, and the groups of the rules they meet. Each name once, whatever its case, in a stable order.
 */
export function toGrouper(grouping: Grouping): (person: PersonView) => readonly string[] {
  const toTargets = toTargetsOf(grouping);
  const known = new Map<string, readonly string[]>();
  return (person) => {
    // Few combinations of groups occur, so people with the same combination share one array.
    const combination = JSON.stringify(person.groups);
    let named = known.get(combination);
    if (!named) {
      named = toNameSet(person.groups.flatMap(toTargets));
      known.set(combination, named);
    }
    const ruled = grouping.rules.filter(({ when }) => when.every((condition) => isMet(condition, person)));
    return ruled.length === 0 ? named : toNameSet([...named, ...ruled.map(({ group }) => group)]);
  };
}

/**
 * The KnowBe4 groups, in lower case, whose members the policy decides: those that a rule or the name map names. All
 * other groups of the tenant are only added to.
 */
export function toManagedGroups({ names, rules }: Grouping): ReadonlySet<string> {
  return new Set([...names.map(({ to }) => toFolded(to)), ...rules.map(({ group }) => toFolded(group))]);
}

/** The KnowBe4 groups that a roster group maps to. */
export function toTargetsOf({ names, nesting, others }: Grouping): (group: string) => string[] {
  const map = new Map(names.map(({ from, to }) => [toFolded(from), to]));
  const flatten = toFlattener(nesting);
  return (group) =>
    flatten(group).flatMap((each) => {
      const target = map.get(toFolded(each)) ?? (others === "same" ? each : undefined);
      return target === undefined ? [] : [target];
    });
}

/**
 * KnowBe4 does not support nested groups (Microsoft, "How provisioning works"), so a member of the inner group
 * becomes a member of every outer one. Each group is visited once, so cycles end.
 * @returns for a group: itself and all groups that it is nested in, nearest first.
 */
export function toFlattener(
  nesting: readonly { group: string; within: string }[],
): (group: string) => string[] {
  const outer = new Map<string, string[]>();
  for (const { group, within } of nesting) {
    const key = toFolded(group);
    outer.set(key, [...(outer.get(key) ?? []), within]);
  }
  return (group) => {
    const found = new Map([[toFolded(group), group]]);
    // Iterating a Map also visits entries added during the iteration.
    for (const key of found.keys()) {
      for (const within of outer.get(key) ?? []) {
        if (!found.has(toFolded(within))) found.set(toFolded(within), within);
      }
    }
    return [...found.values()];
  };
}

/** Each name once, whatever its case, sorted by its folded form. */
function toNameSet(names: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const name of names) if (!byKey.has(toFolded(name))) byKey.set(toFolded(name), name);
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, name]) => name);
}
