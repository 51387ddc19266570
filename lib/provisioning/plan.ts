import type { Intent } from "@/lib/provisioning/intent";
import { planOffboarding, planRestoring } from "@/lib/provisioning/plan-activity";
import { planOnboarding } from "@/lib/provisioning/plan-onboarding";
import { planUpdating } from "@/lib/provisioning/plan-updating";
import type { DomainOwners, Plan, PlannedOperation, TenantFacts } from "@/lib/provisioning/plan-types";
import { applyRails, refusalOf } from "@/lib/provisioning/rails";

/**
 * plan = difference between what is wanted and what the mirror holds, then the rails. Pure: the same intent and the
 * same facts give the same plan, so an apply can plan again and compare hashes to see whether a directory moved.
 * @param facts one entry for each tenant the intent names; a tenant without facts is a bug and throws.
 */
export function makePlan(intent: Intent, facts: readonly TenantFacts[], owners: DomainOwners): Plan {
  const byTenant = new Map(facts.map((tenant) => [tenant.id, tenant]));
  const tenantIds = [...new Set(intent.accounts.map((account) => account.tenantId))];
  return {
    runs: tenantIds.map((tenantId) => {
      const tenant = byTenant.get(tenantId);
      if (!tenant) throw new Error("A plan was asked for a tenant whose facts were not read");
      const refusal = refusalOf(tenant);
      const operations = applyRails(planTenant(intent, tenant), tenant, owners);
      return { tenantId, refusal, operations: refusal ? operations.map(toRefused(refusal)) : operations };
    }),
  };
}

function planTenant(intent: Intent, tenant: TenantFacts): PlannedOperation[] {
  switch (intent.kind) {
    case "onboard":
      return planOnboarding(intent, tenant);
    case "update":
      return planUpdating(intent, tenant);
    case "offboard":
      return planOffboarding(intent.accounts, tenant);
    case "restore":
      return planRestoring(intent.accounts, tenant);
  }
}

function toRefused(reason: NonNullable<ReturnType<typeof refusalOf>>) {
  return (operation: PlannedOperation): PlannedOperation => ({ ...operation, state: "skipped", reason });
}
