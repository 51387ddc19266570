import { toPersonView } from "@/lib/roster/model/person-view";
import type { Scoping } from "@/lib/roster/policy/policy";
import { isInScope } from "@/lib/roster/policy/scope";
import type { RosterEntry } from "@/lib/roster/model/types";

/** What another scope would do to the people of a roster: who falls out, and would be archived, and who comes in. */
export type ScopePreview = {
  out: number;
  in: number;
  /** In scope afterwards. */
  stay: number;
  /** The first of them by address. */
  outPeople: string[];
  inPeople: string[];
};

/** People named in a preview; the counts are always whole. */
const NAMED_MAX = 100;

export function emptyPreview(): ScopePreview {
  return { out: 0, in: 0, stay: 0, outPeople: [], inPeople: [] };
}

/** Counts entries into a preview. Whoever left, is absent or is excluded is not the scope's business. */
export function countPreview(
  preview: ScopePreview,
  entries: readonly RosterEntry[],
  scopings: { before: Scoping; after: Scoping; excluded: ReadonlySet<string> },
): void {
  for (const entry of entries) {
    if (!entry.active || entry.absentAt || scopings.excluded.has(entry.userNameKey)) continue;
    const person = toPersonView(entry);
    const was = isInScope(scopings.before, person);
    const is = isInScope(scopings.after, person);
    if (is) preview.stay += 1;
    if (was && !is) note(preview, "out", entry.userName);
    if (!was && is) note(preview, "in", entry.userName);
  }
}

function note(preview: ScopePreview, side: "out" | "in", userName: string): void {
  preview[side] += 1;
  const named = side === "out" ? preview.outPeople : preview.inPeople;
  if (named.length < NAMED_MAX) named.push(userName);
}
