import { toFolded } from "@/lib/roster/policy/condition";
import type { RosterEntry } from "@/lib/roster/model/types";

/** An operator's decisions about one person. Absent values state nothing. */
export type OperatorDecision = {
  userName: string;
  /** The account concerned; null when not known yet. */
  resourceId: string | null;
  /** By attribute key or field; null clears. */
  fields?: Readonly<Record<string, string | null>>;
  /** Names of KnowBe4 groups. */
  joins?: readonly string[];
  leaves?: readonly string[];
  active?: boolean;
};

/**
 * Applies a decision to an entry. A person new to the roster gets the source `operator`. So does a person they
 * restore although a full listing lacks them: the next listing would archive them again.
 * @param toTargets the KnowBe4 groups that a roster group stands for; see toTargetsOf.
 */
export function decide(
  entry: RosterEntry | null,
  userNameKey: string,
  decision: OperatorDecision,
  toTargets: (group: string) => readonly string[],
): RosterEntry {
  const { userName, resourceId, fields = {}, joins = [], leaves = [], active } = decision;
  const before = entry ?? toNobody(userNameKey, userName);
  const isBroughtBack = active === true && before.absentAt !== null;
  return {
    ...before,
    source: isBroughtBack ? "operator" : before.source,
    resourceId: resourceId ?? before.resourceId,
    overrides: { ...before.overrides, ...withoutAddress(fields) },
    groups: toGroups(before.groups, joins, leaves, toTargets),
    active: active ?? before.active,
    absentAt: isBroughtBack ? null : before.absentAt,
  };
}

/** The address is the key of an entry, not one of its fields. */
function withoutAddress(fields: NonNullable<OperatorDecision["fields"]>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== "userName"));
}

function toNobody(userNameKey: string, userName: string): RosterEntry {
  return {
    userNameKey,
    userName,
    source: "operator",
    resourceId: null,
    fields: {},
    overrides: {},
    groups: [],
    active: true,
    absentAt: null,
  };
}

/**
 * Leaving a KnowBe4 group means leaving every roster group that maps to it; joining adds one only where none maps to
 * it yet.
 */
function toGroups(
  groups: readonly string[],
  joins: readonly string[],
  leaves: readonly string[],
  toTargets: (group: string) => readonly string[],
): readonly string[] {
  if (joins.length === 0 && leaves.length === 0) return groups;
  const left = new Set(leaves.map(toFolded));
  const kept = groups.filter((group) => !toTargets(group).some((target) => left.has(toFolded(target))));
  const meant = new Set(kept.flatMap((group) => [group, ...toTargets(group)]).map(toFolded));
  const added = new Map(joins.map((name) => [toFolded(name), name]));
  return [...kept, ...[...added].filter(([key]) => !meant.has(key)).map(([, name]) => name)];
}
