import type { PlannedOperation, TenantFacts } from "@/lib/changes/model/plan-types";
import type { ListingFacts } from "@/lib/roster/model/types";

/** A list that names a fifth fewer people than before is nearly always truncated (decision 15). */
const SHRUNK_TO = 0.8;

export function isShrunkSource({ mark, entries, previous }: ListingFacts): boolean {
  return mark === "complete" && previous > 0 && entries <= previous * SHRUNK_TO;
}

/** True if this listing must not mark anyone absent. The people it names are still taken from it. */
export function isDoubtful(listing: ListingFacts): boolean {
  return isShrunkSource(listing) || (listing.mark === "complete" && listing.entries === 0);
}

/** Whether a full list names nobody, which is never meant. */
export function isEmptySource({ roster }: Pick<TenantFacts, "roster">): boolean {
  const listing = roster?.listing;
  return listing !== null && listing !== undefined && listing.mark !== "delta" && listing.entries === 0;
}

/**
 * Archives for absence from a list: refused where the list is empty or lacks rows, held where it shrank. The list's
 * other lines proceed.
 */
export function guardAbsence(operation: PlannedOperation, tenant: TenantFacts): PlannedOperation {
  const listing = tenant.roster?.listing;
  if (!operation.isAbsence || operation.state !== "planned" || !listing) return operation;
  if (isEmptySource(tenant)) return { ...operation, state: "skipped", reason: "source-empty" };
  if (listing.mark === "incomplete") return { ...operation, state: "skipped", reason: "source-incomplete" };
  return isShrunkSource(listing) ? { ...operation, state: "held", reason: "source-shrunk" } : operation;
}
