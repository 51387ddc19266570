import { toPersonView } from "@/lib/roster/model/person-view";
import type { Scoping } from "@/lib/roster/policy/policy";
import { isInScope } from "@/lib/roster/policy/scope";
import type { RosterEntry } from "@/lib/roster/model/types";

/** The effect of another scope on a roster's people: who leaves and would be archived, and who enters. */
export type ScopePreview = {
  out: number;
  in: number;
  /** In scope afterwards. */
  stay: number;
  /** The first of them, by address. */
  outPeople: string[];
  inPeople: string[];
};

/** People named in a preview; the counts are always complete. */
const NAMED_MAX = 100;

export function emptyPreview(): ScopePreview {
  return { out: 0, in: 0, stay: 0, outPeople: [], inPeople: [] };
}

/** Counts entries into a preview, without people who left, are absent or are excluded. */
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
