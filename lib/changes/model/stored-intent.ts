import type { MemberReference, OperationIntent } from "@/lib/changes/model/plan-types";

/** A stored member: keys of the plan have become ids of operations. */
export type StoredMember = { resourceId: string } | { operationId: string };

type MemberIntent = Extract<OperationIntent, { members: unknown }>;

export type StoredIntent =
  | Exclude<OperationIntent, MemberIntent>
  | { kind: "members_add" | "members_remove"; displayName: string; members: readonly StoredMember[] };

/** The operations that create this one's members, which do not exist when it is planned. */
export function makersOf(intent: StoredIntent): Set<string> {
  const members = "members" in intent ? intent.members : [];
  return new Set(members.flatMap((member) => ("operationId" in member ? [member.operationId] : [])));
}

/** @param idOf the id that the operation with this key gets. */
export function toStoredIntent(intent: OperationIntent, idOf: (key: string) => string): StoredIntent {
  if (!("members" in intent)) return intent;
  const members = intent.members.map(
    (member: MemberReference): StoredMember =>
      "operationKey" in member ? { operationId: idOf(member.operationKey) } : member,
  );
  return { ...intent, members };
}
