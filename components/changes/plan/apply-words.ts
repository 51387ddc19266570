import type { ChangeView } from "@/components/changes/model/wire";
import { countOf } from "@/components/words/count-words";

/** "Apply 15 operations in 3 tenants". Refused and held lines do not count. */
export function toApplyLabel(change: Pick<ChangeView, "counts" | "runs" | "kind">): string {
  if (change.counts.planned === 0)
    return changesRosterOnly(change) ? "Save this list without sending" : "Nothing to apply";
  const tenants = change.runs.filter(({ counts }) => counts.planned > 0).map(({ tenantName }) => tenantName);
  const operations = countOf(change.counts.planned, "operation", "operations");
  return tenants.length === 1
    ? `Apply ${operations} in ${tenants[0]}`
    : `Apply ${operations} in ${tenants.length} tenants`;
}

/** True if applying stores the roster although no account differs. */
function changesRosterOnly({ kind, runs }: Pick<ChangeView, "runs" | "kind">): boolean {
  return kind === "import" && runs.some(({ reason }) => reason === null);
}
