import type { PlannedOperation, PlanWarning, TenantFacts } from "@/lib/changes/model/plan-types";
import { isShrunkSource } from "@/lib/changes/rails/source";
import { countSeatsTaken } from "@/lib/changes/rails/seats";

/** Warnings about a tenant's whole share that its lines do not show. */
export function listWarnings(operations: readonly PlannedOperation[], tenant: TenantFacts): PlanWarning[] {
  return [...seatWarnings(operations, tenant), ...sourceWarnings(operations, tenant)];
}

function seatWarnings(operations: readonly PlannedOperation[], tenant: TenantFacts): PlanWarning[] {
  const { seats } = tenant.rails;
  const takes = operations.some(
    ({ kind, state }) => state !== "skipped" && (kind === "create" || kind === "restore"),
  );
  if (seats === null || !takes) return [];
  return [{ tenantId: tenant.id, code: "seats", count: countSeatsTaken(operations, tenant), of: seats }];
}

function sourceWarnings(
  operations: readonly PlannedOperation[],
  { id: tenantId, roster }: TenantFacts,
): PlanWarning[] {
  const listing = roster?.listing;
  if (!listing || listing.entries === 0) return [];
  const { entries: count, previous, mark } = listing;
  if (mark === "incomplete") return [{ tenantId, code: "source-incomplete", count, of: previous }];
  const isAboutSomebody = operations.some(({ isAbsence }) => isAbsence);
  return isAboutSomebody && isShrunkSource(listing)
    ? [{ tenantId, code: "source-shrunk", count, of: previous }]
    : [];
}
