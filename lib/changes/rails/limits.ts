import { guardedKinds } from "@/lib/states";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type {
  FleetFacts,
  GuardedKind,
  HoldLimit,
  PlannedOperation,
  TenantFacts,
} from "@/lib/changes/model/plan-types";

const reasons = {
  archive: "held-by-threshold",
  restore: "restores-held",
  members_remove: "removals-held",
} as const satisfies Record<GuardedKind, CatalogueCode>;

/** The number of people that a daily limit allows before a second operator must approve. */
export function thresholdOf({ min, share }: HoldLimit, active: number): number {
  return Math.max(min, Math.floor(active * share));
}

/**
 * Holds archives, restores and removals above the tenant's limits, all lines of the kind: Rollcall cannot know which
 * of eleven were meant. The last 24 hours count, so a slow drip is held too.
 */
export function holdDay(operations: PlannedOperation[], tenant: TenantFacts): PlannedOperation[] {
  let held = operations;
  for (const kind of guardedKinds) {
    const people = countPeople(held, kind);
    if (people === 0) continue;
    if (people + tenant.lastDay[kind] <= thresholdOf(tenant.rails.limits[kind], tenant.active)) continue;
    held = hold(held, kind, reasons[kind]);
  }
  return held;
}

/** Holds the same over all tenants: a mistake that is small in each of a hundred tenants is big in total. */
export function holdFleet(
  runs: readonly PlannedOperation[][],
  { active, lastDay, limit }: FleetFacts,
): PlannedOperation[][] {
  let held = [...runs];
  for (const kind of guardedKinds) {
    const people = held.reduce((sum, operations) => sum + countPeople(operations, kind), 0);
    if (people === 0 || people + lastDay[kind] <= thresholdOf(limit, active)) continue;
    held = held.map((operations) => hold(operations, kind, "held-by-fleet"));
  }
  return held;
}

export function countPeople(operations: readonly PlannedOperation[], kind: GuardedKind): number {
  let people = 0;
  for (const { intent, state } of operations) {
    if (intent.kind !== kind || state !== "planned") continue;
    people += "members" in intent ? intent.members.length : 1;
  }
  return people;
}

function hold(
  operations: readonly PlannedOperation[],
  kind: GuardedKind,
  reason: CatalogueCode,
): PlannedOperation[] {
  return operations.map((operation) =>
    operation.kind === kind && operation.state === "planned"
      ? { ...operation, state: "held", reason }
      : operation,
  );
}
