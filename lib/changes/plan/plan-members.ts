import type {
  AccountFacts,
  GroupFacts,
  MemberReference,
  PastOperation,
  PlannedOperation,
  TenantFacts,
} from "@/lib/changes/model/plan-types";
import { groupResourceKey, labelOf, toGroupOperation } from "@/lib/changes/plan/planned-operation";

type MemberIntent = Extract<PastOperation["intent"], { members: unknown }>;

export type AccountsById = ReadonlyMap<string, AccountFacts>;

type MembersPlan = {
  key: string;
  kind: "members_add" | "members_remove";
  why: string;
  /** Operations of this plan that create missing people, by the earlier operation that was to create them. */
  creates?: ReadonlyMap<string, { key: string; label: string }>;
  /** Existing accounts of people whom an earlier operation was to create. */
  stands?: ReadonlyMap<string, string>;
  /** Keys of this plan's operations that create groups, by the group's resource key. */
  groups?: ReadonlyMap<string, string>;
};

/**
 * Compares an earlier operation's members with the current group: existing members are not added, absent ones not
 * removed. People who are no longer known are left out.
 */
export function planMembers(
  { key, kind, why, creates, stands, groups }: MembersPlan,
  past: PastOperation & { intent: MemberIntent },
  tenant: TenantFacts,
  accounts: AccountsById,
): PlannedOperation[] {
  const { displayName } = past.intent;
  const group = findGroup(past, tenant);
  const groupKey = group ? undefined : groups?.get(groupResourceKey(displayName));
  if (!group && (kind === "members_remove" || !groupKey)) return [];
  const members = past.intent.members.flatMap((member) => {
    const create = member.operationId === null ? undefined : creates?.get(member.operationId);
    if (create) return [{ reference: { operationKey: create.key }, label: create.label }];
    const resourceId = member.resourceId ?? stands?.get(member.operationId ?? "") ?? null;
    return toStandingMember(resourceId, kind, group, accounts);
  });
  if (members.length === 0) return [];
  const [first] = members;
  const isAdding = kind === "members_add";
  const persons = members.flatMap(({ reference }) =>
    "operationKey" in reference ? [reference.operationKey] : [],
  );
  return [
    toGroupOperation(group?.displayName ?? displayName, {
      key,
      intent: {
        kind,
        displayName: group?.displayName ?? displayName,
        members: members.map(({ reference }) => reference),
      },
      label: members.length === 1 && first ? first.label : `${members.length} people`,
      resourceId: group?.resourceId ?? null,
      diff: members.map(({ label }) => ({
        field: "members",
        label: "Members",
        before: isAdding ? null : label,
        after: isAdding ? label : null,
      })),
      why,
      dependsOn: [...persons, ...(groupKey ? [groupKey] : [])],
    }),
  ];
}

function toStandingMember(
  resourceId: string | null,
  kind: MembersPlan["kind"],
  group: GroupFacts | null,
  accounts: AccountsById,
): { reference: MemberReference; label: string }[] {
  const account = resourceId === null ? undefined : accounts.get(resourceId);
  if (!account) return [];
  const isIn = group !== null && account.groupIds.includes(group.resourceId);
  if (isIn === (kind === "members_add")) return [];
  return [{ reference: { resourceId: account.resourceId }, label: labelOf(account) }];
}

/** By its id; by its name only where the operation never learned an id (decision 41). */
function findGroup({ resourceId, intent }: PastOperation & { intent: MemberIntent }, tenant: TenantFacts) {
  if (resourceId !== null) return tenant.groups.find((group) => group.resourceId === resourceId) ?? null;
  const key = groupResourceKey(intent.displayName);
  return tenant.groups.find((group) => groupResourceKey(group.displayName) === key) ?? null;
}
