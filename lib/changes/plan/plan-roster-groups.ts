import type {
  AccountFacts,
  GroupFacts,
  MemberReference,
  PlannedOperation,
  TenantFacts,
} from "@/lib/changes/model/plan-types";
import { groupResourceKey, toGroupOperation } from "@/lib/changes/plan/planned-operation";
import type { DesiredAccount } from "@/lib/roster/model/types";

/** KnowBe4 publishes no limit on members in one PATCH; a hundred is ours (design page, section 5). */
const MEMBERS_MAX = 100;
/** A slow create delays the additions of its whole block, so these blocks are small. */
const NEW_MEMBERS_MAX = 20;

/** One existing or missing group of the tenant, with the members who join and leave. */
type GroupLine = {
  key: string;
  displayName: string;
  group: GroupFacts | null;
  /** Ids of the groups of this name, in any case: whoever is in one of them is in the group. */
  ids: Set<string>;
  isManaged: boolean;
  joins: Member[];
  newcomers: Member[];
  leaves: Member[];
};

type Member = { reference: MemberReference; label: string };

export type GroupCollector = {
  /** @param account null for a person who is about to be created. */
  want(wanted: DesiredAccount, member: MemberReference, label: string, account: AccountFacts | null): void;
  /** Missing groups, then leaving, then joining members; sorted by name, so that the plan is stable. */
  list(): PlannedOperation[];
};

/** Collects memberships person by person and turns them into few operations, group by group. */
export function createGroupCollector(tenant: TenantFacts, managed: ReadonlySet<string>): GroupCollector {
  const byKey = new Map<string, GroupLine>();
  const byName = new Map<string, GroupLine>();
  const managedById = new Map<string, GroupLine>();
  for (const group of tenant.groups) {
    const line = newLine(group.displayName, group, managed);
    // Of two groups whose names differ only in case the first counts, as the tenant compares names.
    const twin = byKey.get(line.key);
    twin?.ids.add(group.resourceId);
    if (twin) continue;
    byKey.set(line.key, line);
    if (line.isManaged) managedById.set(group.resourceId, line);
  }

  function lineOf(name: string): GroupLine {
    const known = byName.get(name);
    if (known) return known;
    const key = groupResourceKey(name);
    const line = byKey.get(key) ?? newLine(name.trim(), null, managed);
    byKey.set(key, line);
    byName.set(name, line);
    return line;
  }

  function isWanted(line: GroupLine, names: readonly string[]): boolean {
    for (const name of names) if (lineOf(name) === line) return true;
    return false;
  }

  return {
    want(wanted, reference, label, account) {
      for (const name of wanted.groups) {
        const line = lineOf(name);
        if (account?.groupIds.some((groupId) => line.ids.has(groupId))) continue;
        (account ? line.joins : line.newcomers).push({ reference, label });
      }
      if (!account || managedById.size === 0) return;
      for (const groupId of account.groupIds) {
        const line = managedById.get(groupId);
        if (line && !isWanted(line, wanted.groups)) line.leaves.push({ reference, label });
      }
    },
    list() {
      const lines = [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
      return [...lines.flatMap(toCreation), ...lines.flatMap(toRemovals), ...lines.flatMap(toAdditions)];
    },
  };
}

function newLine(displayName: string, group: GroupFacts | null, managed: ReadonlySet<string>): GroupLine {
  const key = groupResourceKey(displayName);
  const isManaged = managed.has(displayName.trim().toLowerCase());
  const ids = new Set(group ? [group.resourceId] : []);
  return { key, displayName, group, ids, isManaged, joins: [], newcomers: [], leaves: [] };
}

function toCreation({ key, displayName, group, joins, newcomers }: GroupLine): PlannedOperation[] {
  if (group || joins.length + newcomers.length === 0) return [];
  return [
    toGroupOperation(displayName, {
      key: `group:${key}`,
      intent: { kind: "group_create", displayName },
      label: displayName,
      diff: [{ field: "displayName", label: "Group", before: null, after: displayName }],
      why: "The tenant has no group of this name",
      risks: ["new-group"],
    }),
  ];
}

function toRemovals(line: GroupLine): PlannedOperation[] {
  return toBlocks(line.leaves, MEMBERS_MAX).map((members, index) =>
    toMembers(line, members, "remove", index),
  );
}

function toAdditions(line: GroupLine): PlannedOperation[] {
  return [...toBlocks(line.joins, MEMBERS_MAX), ...toBlocks(line.newcomers, NEW_MEMBERS_MAX)].map(
    (members, index) => toMembers(line, members, "add", index),
  );
}

function toMembers(
  { key, displayName, group }: GroupLine,
  members: readonly Member[],
  action: "add" | "remove",
  index: number,
): PlannedOperation {
  const references = members.map(({ reference }) => reference);
  const persons = references.flatMap((member) => ("operationKey" in member ? [member.operationKey] : []));
  const [first] = members;
  return toGroupOperation(displayName, {
    key: `${action}:${key}:${index}`,
    intent: { kind: action === "add" ? "members_add" : "members_remove", displayName, members: references },
    label: members.length === 1 && first ? first.label : `${members.length} people`,
    resourceId: group?.resourceId ?? null,
    diff: members.map(({ label }) => ({
      field: "members",
      label: "Members",
      before: action === "add" ? null : label,
      after: action === "add" ? label : null,
    })),
    why:
      action === "add"
        ? "The roster includes them in this group"
        : "The roster manages this group and does not include them",
    dependsOn: group ? persons : [...persons, `group:${key}`],
  });
}

function toBlocks<Item>(items: readonly Item[], size: number): Item[][] {
  const blocks: Item[][] = [];
  for (let from = 0; from < items.length; from += size) blocks.push(items.slice(from, from + size));
  return blocks;
}
