import type { PlannedOperation, TenantFacts } from "@/lib/changes/model/plan-types";
import type { ListingFacts } from "@/lib/roster/model/types";

/** A list that names a fifth fewer people than it stood for is nearly always one that was cut short (decision 15). */
const SHRUNK_TO = 0.8;

export function isShrunkSource({ mark, entries, previous }: ListingFacts): boolean {
  return mark === "complete" && previous > 0 && entries <= previous * SHRUNK_TO;
}

/** Whether a list is not believed about who is missing. Whom it names, and how, is believed all the same. */
export function isDoubtful(listing: ListingFacts): boolean {
  return isShrunkSource(listing) || (listing.mark === "complete" && listing.entries === 0);
}

/** A full list of nobody: nothing of it can be meant. */
export function isEmptySource({ roster }: Pick<TenantFacts, "roster">): boolean {
  const listing = roster?.listing;
  return listing !== null && listing !== undefined && listing.mark !== "delta" && listing.entries === 0;
}

/**
 * Whoever is archived for being absent from a list: refused where the list is empty or lacks rows, held where it
 * shrank. All other lines of the same list go on.
 */
export function guardAbsence(operation: PlannedOperation, tenant: TenantFacts): PlannedOperation {
  const listing = tenant.roster?.listing;
  if (!operation.isAbsence || operation.state !== "planned" || !listing) return operation;
  if (isEmptySource(tenant)) return { ...operation, state: "skipped", reason: "source-empty" };
  if (listing.mark === "incomplete") return { ...operation, state: "skipped", reason: "source-incomplete" };
  return isShrunkSource(listing) ? { ...operation, state: "held", reason: "source-shrunk" } : operation;
}
