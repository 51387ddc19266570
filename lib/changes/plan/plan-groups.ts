import type {
  GroupFacts,
  MemberReference,
  PlannedOperation,
  TenantFacts,
} from "@/lib/changes/model/plan-types";
import { groupResourceKey, toGroupOperation } from "@/lib/changes/plan/planned-operation";

/** A person whose groups are planned. */
type GroupMember<R extends MemberReference = MemberReference> = {
  reference: R;
  /** Resource ids of the person's groups. */
  groupIds: ReadonlySet<string>;
  label: string;
};

/**
 * Plans that one member joins the named groups. A missing group is created first; a group the member is in is left
 * alone.
 */
export function planJoining(
  names: readonly string[],
  tenant: TenantFacts,
  { reference, groupIds, label }: GroupMember,
): PlannedOperation[] {
  const needsPerson = "operationKey" in reference ? [reference.operationKey] : [];
  return names.flatMap((name) => {
    const group = findGroup(tenant, name);
    if (group && groupIds.has(group.resourceId)) return [];
    const creation = group ? [] : [planGroup(name)];
    const addition = toGroupOperation(group?.displayName ?? name, {
      key: `add:${groupResourceKey(name)}`,
      intent: { kind: "members_add", displayName: group?.displayName ?? name, members: [reference] },
      label,
      resourceId: group?.resourceId ?? null,
      diff: [{ field: "members", label: "Members", before: null, after: label }],
      why: "Chosen for this change",
      dependsOn: [...needsPerson, ...creation.map((operation) => operation.key)],
    });
    return [...creation, addition];
  });
}

/** Plans that one existing member leaves those named groups it is in. */
export function planLeaving(
  names: readonly string[],
  tenant: TenantFacts,
  { reference, groupIds, label }: GroupMember<{ resourceId: string }>,
): PlannedOperation[] {
  return names.flatMap((name) => {
    const group = findGroup(tenant, name);
    if (!group || !groupIds.has(group.resourceId)) return [];
    return [
      toGroupOperation(group.displayName, {
        key: `remove:${reference.resourceId}:${groupResourceKey(name)}`,
        intent: { kind: "members_remove", displayName: group.displayName, members: [reference] },
        label,
        resourceId: group.resourceId,
        diff: [{ field: "members", label: "Members", before: label, after: null }],
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
