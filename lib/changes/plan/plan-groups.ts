import type {
  GroupFacts,
  MemberReference,
  PlannedOperation,
  TenantFacts,
} from "@/lib/changes/model/plan-types";
import { groupResourceKey, toGroupOperation } from "@/lib/changes/plan/planned-operation";

/**
 * Group operations that make one member join the named groups. A group that the tenant lacks is created first; a
 * group the member is in already is left alone.
 * @param joined resource ids of the groups the member is in.
 */
export function planJoining(
  names: readonly string[],
  tenant: TenantFacts,
  member: MemberReference,
  joined: ReadonlySet<string>,
  who: string,
): PlannedOperation[] {
  const needsPerson = "operationKey" in member ? [member.operationKey] : [];
  return names.flatMap((name) => {
    const group = findGroup(tenant, name);
    if (group && joined.has(group.resourceId)) return [];
    const creation = group ? [] : [planGroup(name)];
    const addition = toGroupOperation(group?.displayName ?? name, {
      key: `add:${groupResourceKey(name)}`,
      intent: { kind: "members_add", displayName: group?.displayName ?? name, members: [member] },
      label: who,
      resourceId: group?.resourceId ?? null,
      diff: [{ field: "members", label: "Members", before: null, after: who }],
      why: "Chosen for this change",
      dependsOn: [...needsPerson, ...creation.map((operation) => operation.key)],
    });
    return [...creation, addition];
  });
}

/** Group operations that make one standing member leave the named groups it is in. */
export function planLeaving(
  names: readonly string[],
  tenant: TenantFacts,
  resourceId: string,
  joined: ReadonlySet<string>,
  who: string,
): PlannedOperation[] {
  return names.flatMap((name) => {
    const group = findGroup(tenant, name);
    if (!group || !joined.has(group.resourceId)) return [];
    return [
      toGroupOperation(group.displayName, {
        key: `remove:${resourceId}:${groupResourceKey(name)}`,
        intent: { kind: "members_remove", displayName: group.displayName, members: [{ resourceId }] },
        label: who,
        resourceId: group.resourceId,
        diff: [{ field: "members", label: "Members", before: who, after: null }],
        why: "Chosen for this change",
      }),
    ];
  });
}

function planGroup(name: string): PlannedOperation {
  return toGroupOperation(name, {
    key: `group:${groupResourceKey(name)}`,
    intent: { kind: "group_create", displayName: name },
    label: name,
    diff: [{ field: "displayName", label: "Group", before: null, after: name }],
    why: "The tenant has no group of this name",
    risks: ["new-group"],
  });
}

function findGroup(tenant: TenantFacts, name: string): GroupFacts | undefined {
  const key = groupResourceKey(name);
  return tenant.groups.find((group) => groupResourceKey(group.displayName) === key);
}
