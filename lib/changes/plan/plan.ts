import { type Intent, tenantIdsOf } from "@/lib/changes/model/intent";
import { planOffboarding, planRestoring } from "@/lib/changes/plan/plan-offboarding";
import { planOnboarding } from "@/lib/changes/plan/plan-onboarding";
import { planReconciling } from "@/lib/changes/plan/plan-reconcile";
import { planRetrying } from "@/lib/changes/plan/plan-retry";
import { planUndoing } from "@/lib/changes/plan/plan-undo";
import { planUpdating } from "@/lib/changes/plan/plan-updating";
import { listWarnings } from "@/lib/changes/plan/plan-warnings";
import type {
  DomainOwners,
  FleetFacts,
  Plan,
  PlannedOperation,
  PlannedRun,
  TenantFacts,
} from "@/lib/changes/model/plan-types";
import { applyRails, refusalOf, settleRails } from "@/lib/changes/rails/rails";
import { holdFleet } from "@/lib/changes/rails/limits";
import { isEmptySource } from "@/lib/changes/rails/source";

/**
 * Makes a plan: the difference between the intent and the mirror, then the rails of each tenant, then the fleet's.
 * Pure: the same intent and facts give the same plan, so an apply can plan again and compare hashes.
 * @param facts one entry for each tenant the intent names; a tenant without facts is a bug and throws.
 */
export function makePlan(
  intent: Intent,
  facts: readonly TenantFacts[],
  owners: DomainOwners,
  fleet: FleetFacts,
): Plan {
  const byTenant = new Map(facts.map((tenant) => [tenant.id, tenant]));
  const tenants = tenantIdsOf(intent).map((tenantId) => {
    const tenant = byTenant.get(tenantId);
    if (!tenant) throw new Error("The tenant's facts were not read before planning");
    return tenant;
  });
  const runs = tenants.map((tenant) => planRun(intent, tenant, owners));
  const operations = holdFleet(
    runs.map((run) => run.operations),
    fleet,
  );
  return {
    runs: tenants.map((tenant, index) => {
      const run = runs[index];
      if (!run) throw new Error("A tenant's share of the plan is missing");
      const settled = settleRails(operations[index] ?? [], tenant);
      return {
        ...run,
        operations: settled,
        warnings: [...(run.warnings ?? []), ...listWarnings(settled, tenant)],
      };
    }),
  };
}

function planRun(intent: Intent, tenant: TenantFacts, owners: DomainOwners): PlannedRun {
  const refusal =
    refusalOf(tenant) ?? (intent.kind === "import" && isEmptySource(tenant) ? "source-empty" : null);
  const share = planTenant(intent, tenant);
  const operations = refusal
    ? share.operations.map(toRefused(refusal))
    : applyRails(share.operations, tenant, owners);
  return { ...share, tenantId: tenant.id, refusal, operations };
}

type Share = Omit<PlannedRun, "tenantId" | "refusal">;

function planTenant(intent: Intent, tenant: TenantFacts): Share {
  if (intent.kind === "import" || intent.kind === "reconcile") return planReconciling(tenant);
  return { operations: planChosen(intent, tenant) };
}

function planChosen(
  intent: Exclude<Intent, { kind: "import" | "reconcile" }>,
  tenant: TenantFacts,
): PlannedOperation[] {
  switch (intent.kind) {
    case "onboard":
      return planOnboarding(intent, tenant);
    case "update":
      return planUpdating(intent, tenant);
    case "offboard":
      return planOffboarding(intent.accounts, tenant);
    case "restore":
      return planRestoring(intent.accounts, tenant);
    case "undo":
      return planUndoing(tenant);
    case "retry":
      return planRetrying(tenant);
  }
}

function toRefused(reason: NonNullable<PlannedRun["refusal"]>) {
  return (operation: PlannedOperation): PlannedOperation => ({ ...operation, state: "skipped", reason });
}
