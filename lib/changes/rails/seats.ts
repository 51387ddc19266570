import type { PlannedOperation, TenantFacts } from "@/lib/changes/model/plan-types";
import { countPeople } from "@/lib/changes/rails/limits";

/** Holds creates and restores beyond the free seats; earlier lines of the plan proceed. */
export function holdSeats(operations: PlannedOperation[], tenant: TenantFacts): PlannedOperation[] {
  const { seats } = tenant.rails;
  if (seats === null) return operations;
  let free = seats - tenant.active - tenant.pendingActive + countPeople(operations, "archive");
  return operations.map((operation) => {
    if (operation.state !== "planned" || !takesSeat(operation)) return operation;
    free -= 1;
    return free >= 0 ? operation : { ...operation, state: "held", reason: "seats-held" };
  });
}

/** Active people after the plan, including held lines: the number to compare with the licence. */
export function countSeatsTaken(operations: readonly PlannedOperation[], tenant: TenantFacts): number {
  const taking = operations.filter(
    (operation) => operation.state !== "skipped" && takesSeat(operation),
  ).length;
  return tenant.active + tenant.pendingActive + taking - countPeople(operations, "archive");
}

function takesSeat({ kind }: PlannedOperation): boolean {
  return kind === "create" || kind === "restore";
}
