import type { ChangeView } from "@/components/changes/model/wire";
import { countOf } from "@/components/words/count-words";

/** "Apply 15 operations in 3 tenants". Refused and held lines are not among them. */
export function toApplyLabel(change: Pick<ChangeView, "counts" | "runs" | "kind">): string {
  if (change.counts.planned === 0)
    return changesRosterOnly(change) ? "Save this list without sending" : "Nothing to apply";
  const tenants = change.runs.filter(({ counts }) => counts.planned > 0).map(({ tenantName }) => tenantName);
  const operations = countOf(change.counts.planned, "operation", "operations");
  return tenants.length === 1
    ? `Apply ${operations} in ${tenants[0]}`
    : `Apply ${operations} in ${tenants.length} tenants`;
}

/** Whether applying does anything: it sends operations, or saves a file as the roster when nobody differs from it. */
export function canApply(change: Pick<ChangeView, "counts" | "runs" | "kind">): boolean {
  return change.counts.planned > 0 || changesRosterOnly(change);
}

function changesRosterOnly({ kind, runs }: Pick<ChangeView, "runs" | "kind">): boolean {
  return kind === "import" && runs.some(({ reason }) => reason === null);
}

/** Why nothing can be applied, or null when something can. */
export function whyNothingToApply(change: Pick<ChangeView, "counts" | "runs" | "kind">): string | null {
  const { counts, runs } = change;
  if (canApply(change)) return null;
  if (counts.held > 0)
    return "Everything in this plan is held for another operator's approval, so there is nothing to apply.";
  if (counts.skipped > 0 || runs.every(({ reason }) => reason !== null))
    return "Every line of this plan is refused, so there is nothing to apply. Each line says why.";
  return "The tenants already hold what was asked for, so there is nothing to apply.";
}
