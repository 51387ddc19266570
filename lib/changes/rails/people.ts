import { userNameKey } from "@/lib/knowbe4/user-name-key";
import type { Guard, PlannedOperation, TenantFacts } from "@/lib/changes/model/plan-types";

/**
 * Applies guards to people. Excluded people are never written to (Provisioning Managed is false). Archiving a console
 * admin is refused, because KnowBe4 refuses it. Archiving a protected person is held, and one whose guard was removed
 * lately: otherwise whoever removes a guard could archive the person alone.
 */
export function guardPeople(operations: PlannedOperation[], tenant: TenantFacts): PlannedOperation[] {
  if (tenant.guards.size === 0 && tenant.unguarded.size === 0) return operations;
  const excludedIds = new Set(
    tenant.accounts
      .filter(({ userName }) => isGuarded(tenant, userNameKey(userName), "excluded"))
      .map(({ resourceId }) => resourceId),
  );
  return operations.map((operation) => {
    if (operation.state !== "planned") return operation;
    if ("members" in operation.intent) return leaveOutMembers(operation, excludedIds);
    return operation.resourceKey.startsWith("user:")
      ? guardPerson(operation, tenant, excludedIds)
      : operation;
  });
}

function guardPerson(
  operation: PlannedOperation,
  tenant: TenantFacts,
  excludedIds: ReadonlySet<string>,
): PlannedOperation {
  const key = operation.resourceKey.slice("user:".length);
  const isExcluded =
    isGuarded(tenant, key, "excluded") ||
    (operation.resourceId !== null && excludedIds.has(operation.resourceId));
  if (isExcluded) return { ...operation, state: "skipped", reason: "excluded-person" };
  if (operation.kind !== "archive") return operation;
  if (isGuarded(tenant, key, "admin")) {
    const risks = [...operation.risks, "console-admin" as const];
    return { ...operation, state: "skipped", reason: "admin-cannot-archive", risks };
  }
  if (isGuarded(tenant, key, "protected")) {
    const risks = [...operation.risks, "protected-person" as const];
    return { ...operation, state: "held", reason: "protected-person", risks };
  }
  return tenant.unguarded.has(key) ? { ...operation, state: "held", reason: "guard-removed" } : operation;
}

/** The block's other members stay. */
function leaveOutMembers(operation: PlannedOperation, excludedIds: ReadonlySet<string>): PlannedOperation {
  const { intent } = operation;
  if (!("members" in intent) || excludedIds.size === 0) return operation;
  const stays = (member: (typeof intent.members)[number]) =>
    !("resourceId" in member) || !excludedIds.has(member.resourceId);
  if (intent.members.every(stays)) return operation;
  const members = intent.members.filter(stays);
  if (members.length === 0) return { ...operation, state: "skipped", reason: "excluded-person" };
  const diff = operation.diff.filter((_row, index) => {
    const member = intent.members[index];
    return member === undefined || stays(member);
  });
  return { ...operation, intent: { ...intent, members }, diff };
}

function isGuarded({ guards }: TenantFacts, key: string, guard: Guard): boolean {
  return guards.get(key)?.includes(guard) ?? false;
}
