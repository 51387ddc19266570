import { toGrouper, toManagedGroups } from "@/lib/roster/policy/group-rules";
import { mapPerson, type OnProblem, toActiveRules } from "@/lib/roster/policy/mapping";
import { toPersonView } from "@/lib/roster/model/person-view";
import type { RosterPolicy } from "@/lib/roster/policy/policy";
import { isInScope } from "@/lib/roster/policy/scope";
import type { DesiredAccount, DesiredRoster, RosterEntry, SourceName } from "@/lib/roster/model/types";

type Input = {
  entries: readonly RosterEntry[];
  policy: RosterPolicy;
  /** userNameKeys of the people whose Provisioning Managed is false. */
  excluded: ReadonlySet<string>;
};

/**
 * What a roster wants a tenant to hold, by address, in time linear in the entries. An excluded person yields no
 * account. A person who leaves yields one without values and groups: archiving is all that is needed.
 * @param onProblem called with every value that is left out because it cannot be sent.
 */
export function toDesiredRoster(
  { entries, policy, excluded }: Input,
  onProblem: (userName: string, ...problem: Parameters<OnProblem>) => void = ignore,
): DesiredRoster {
  const rules = toActiveRules(policy.mapping);
  const groupsOf = toGrouper(policy.grouping);
  const accounts = entries
    .filter(({ userNameKey }) => !excluded.has(userNameKey))
    .map((entry): DesiredAccount => {
      const { userNameKey, userName, resourceId, source } = entry;
      const person = toPersonView(entry);
      const leaving = toLeaving(entry, isInScope(policy.scoping, person));
      const base = { userNameKey, userName, resourceId, active: leaving === null, leaving };
      if (leaving !== null) {
        return { ...base, values: {}, createValues: {}, groups: [], why: leavingWords[leaving] };
      }
      const mapped = mapPerson(rules, entry, person, (key, message) => onProblem(userName, key, message));
      return { ...base, ...mapped, groups: groupsOf(person), why: sourceWords[source] };
    })
    .sort(byKey);
  return { accounts, managedGroups: toManagedGroups(policy.grouping), excluded };
}

/** Shared strings: own copies for a hundred thousand accounts would take ten megabytes. */
const sourceWords: Record<SourceName, string> = {
  inventory: "On the roster since adoption; values from the tenant's mapping",
  operator: "On the roster by an operator's change; values from the tenant's mapping",
  csv: "On the roster by a CSV file; values from the tenant's mapping",
};

const leavingWords: Record<NonNullable<DesiredAccount["leaving"]>, string> = {
  left: "Marked as left on the roster",
  absent: "The latest full listing of their source no longer includes them",
  "out-of-scope": "Out of the tenant's scope",
};

function toLeaving({ active, absentAt }: RosterEntry, isIn: boolean): DesiredAccount["leaving"] {
  if (!active) return "left";
  if (absentAt) return "absent";
  return isIn ? null : "out-of-scope";
}

/** By code unit, so that processes with different locales compute the same plan and hash. */
function byKey(a: DesiredAccount, b: DesiredAccount): number {
  return a.userNameKey < b.userNameKey ? -1 : a.userNameKey > b.userNameKey ? 1 : 0;
}

function ignore(): void {}
