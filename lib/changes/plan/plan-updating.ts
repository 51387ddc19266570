import { diffAttributes, toFieldDifferences } from "@/lib/changes/plan/diff";
import type { UpdateIntent } from "@/lib/changes/model/intent";
import { planJoining, planLeaving } from "@/lib/changes/plan/plan-groups";
import type { AccountFacts, PlannedOperation, TenantFacts } from "@/lib/changes/model/plan-types";
import { labelOf, toUserOperation } from "@/lib/changes/plan/planned-operation";
import { vanished } from "@/lib/changes/plan/plan-offboarding";

/**
 * Plans updates in one tenant: only attributes that differ, then groups. An account without a difference has no line.
 */
export function planUpdating(intent: UpdateIntent, tenant: TenantFacts): PlannedOperation[] {
  const operations = intent.accounts
    .filter(({ tenantId }) => tenantId === tenant.id)
    .flatMap((wanted) => {
      const account = tenant.accounts.find(({ resourceId }) => resourceId === wanted.resourceId);
      return account ? planAccount(intent, account, tenant) : [vanished(wanted)];
    });
  // Several accounts may join one new group, which is created once.
  return [...new Map(operations.map((operation) => [operation.key, operation])).values()];
}

function planAccount(intent: UpdateIntent, account: AccountFacts, tenant: TenantFacts): PlannedOperation[] {
  const member = {
    reference: { resourceId: account.resourceId },
    groupIds: new Set(account.groupIds),
    label: labelOf(account),
  };
  return [
    ...planAttributes(intent, account),
    ...planJoining(intent.addGroups, tenant, member).map((operation) =>
      // Each account's addition to a group needs its own key.
      operation.kind === "members_add"
        ? { ...operation, key: `${operation.key}:${account.resourceId}` }
        : operation,
    ),
    ...planLeaving(intent.removeGroups, tenant, member),
  ];
}

function planAttributes(intent: UpdateIntent, account: AccountFacts): PlannedOperation[] {
  const changes = diffAttributes(intent.attributes, account.attributes);
  if (Object.keys(changes).length === 0) return [];
  return [
    toUserOperation(account.userName, {
      key: `update:${account.resourceId}`,
      intent: { kind: "update", changes },
      label: labelOf(account),
      resourceId: account.resourceId,
      diff: toFieldDifferences(changes, account.attributes),
      why: "Chosen for this change",
    }),
  ];
}
