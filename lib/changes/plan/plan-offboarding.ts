import type { StandingAccount } from "@/lib/changes/model/intent";
import type { AccountFacts, PlannedOperation, TenantFacts } from "@/lib/changes/model/plan-types";
import { labelOf, toUserOperation } from "@/lib/changes/plan/planned-operation";

/**
 * Plans archiving in one tenant. Archiving frees the seat and keeps the history (KnowBe4, "Archive or Delete a
 * User").
 */
export function planOffboarding(
  accounts: readonly StandingAccount[],
  tenant: TenantFacts,
): PlannedOperation[] {
  return planActivity(accounts, tenant, "archive");
}

export function planRestoring(accounts: readonly StandingAccount[], tenant: TenantFacts): PlannedOperation[] {
  return planActivity(accounts, tenant, "restore");
}

function planActivity(
  accounts: readonly StandingAccount[],
  tenant: TenantFacts,
  kind: "archive" | "restore",
) {
  const wantsActive = kind === "restore";
  return accounts
    .filter(({ tenantId }) => tenantId === tenant.id)
    .flatMap((wanted): PlannedOperation[] => {
      const account = tenant.accounts.find(({ resourceId }) => resourceId === wanted.resourceId);
      if (!account) return [vanished(wanted)];
      if (account.active === wantsActive) return [];
      return [
        toActivity(account, kind, { key: `${kind}:${account.resourceId}`, why: "Chosen for this change" }),
      ];
    });
}

/** A line that archives or restores an account. */
export function toActivity(
  account: AccountFacts,
  kind: "archive" | "restore",
  { key, why }: { key: string; why: string },
): PlannedOperation {
  const wantsActive = kind === "restore";
  return toUserOperation(account.userName, {
    key,
    intent: { kind },
    label: labelOf(account),
    resourceId: account.resourceId,
    diff: [{ field: "active", label: "Active", before: String(!wantsActive), after: String(wantsActive) }],
    why,
    risks: wantsActive ? ["restores", "may-enrol"] : ["archives"],
  });
}

/** A line for a chosen account that the mirror no longer has: shown, never applied. */
export function vanished(wanted: StandingAccount): PlannedOperation {
  return toUserOperation(wanted.userName, {
    key: `gone:${wanted.resourceId}`,
    intent: { kind: "link" },
    label: wanted.userName,
    resourceId: wanted.resourceId,
    why: "No longer in this tenant's directory",
    refusal: "vanished",
  });
}
