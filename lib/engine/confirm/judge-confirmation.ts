import { type AttributeKey, attributes } from "@/lib/knowbe4/attributes";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { KnowBe4Group, KnowBe4User } from "@/lib/knowbe4/from-scim";
import type { OperationKind } from "@/lib/changes/model/plan-types";
import type { StoredIntent } from "@/lib/changes/model/stored-intent";
import { missingFrom } from "@/lib/engine/confirm/visible";

export type AcceptedOperation = {
  id: string;
  changeId: string;
  tenantId: string;
  kind: OperationKind;
  target: string;
  resourceKey: string;
  resourceId: string | null;
  intent: StoredIntent;
  confirms: number;
  acceptedAt: Date | null;
  /** Attributes that the tenant refused although it accepted the operation. */
  notTaken: readonly AttributeKey[];
};

/** What a reading shows of one operation's resource; null for what it does not show. */
export type Shown = {
  person: KnowBe4User | null;
  group: KnowBe4Group | null;
  /** Why the look showed nothing that can be believed, in words. */
  doubt?: string;
};

export const NOTHING_SHOWN: Shown = { person: null, group: null };

export type Confirmation = {
  operation: AcceptedOperation;
  isSeen: boolean;
  /** The resource id that the reading showed; kept where the operation has none. */
  resourceId: string | null;
  /** What the reading does not show yet, in words; null when nothing is missing. */
  detail: string | null;
  /** Null when everything is seen. */
  reason: CatalogueCode | null;
};

/**
 * Judges whether a reading shows what an operation asked for. Pure.
 * @param seen the person or the group as read, null when the tenant does not show it.
 * @param known resource ids of the same run's operations, by operation id; null for an operation that was not done.
 */
export function judgeConfirmation(
  operation: AcceptedOperation,
  seen: Shown,
  known: ReadonlyMap<string, string | null>,
): Confirmation {
  const { intent } = operation;
  const given = (missing: string | null, resourceId: string | null = null): Confirmation => ({
    operation,
    isSeen: missing === null,
    resourceId,
    detail: missing === null ? null : [missing, ...notTakenWords(operation)].join(". "),
    reason: missing === null ? null : "accepted-not-visible",
  });
  if (seen.doubt !== undefined) return given(seen.doubt);
  switch (intent.kind) {
    case "create":
    case "update":
    case "archive":
    case "restore":
    case "link": {
      if (!seen.person) return given("The tenant does not show this person yet");
      const missing = missingFrom(operation, seen.person);
      const refused = new Set(operation.notTaken.map((key) => attributes[key].label));
      const { resourceId } = seen.person;
      if (missing.length > 0 && missing.every((label) => refused.has(label))) {
        const detail = notTakenWords(operation).join("");
        return { operation, isSeen: false, resourceId, detail, reason: "stored-differently" };
      }
      return given(missing.length === 0 ? null : `Not seen yet: ${missing.join(", ")}`, resourceId);
    }
    case "group_create":
      return given(
        seen.group ? null : "The tenant does not show this group yet",
        seen.group?.resourceId ?? null,
      );
    case "members_add":
    case "members_remove": {
      if (!seen.group) return given("The tenant does not show this group yet");
      if (seen.group.membersLeftOut) return given("The tenant does not name the group's members");
      const held = new Set(seen.group.memberIds);
      const wantsIn = intent.kind === "members_add";
      const ids = intent.members.map((m) => ("operationId" in m ? known.get(m.operationId) : m.resourceId));
      const isSeen = ids.every((id) => id === null || (id !== undefined && held.has(id) === wantsIn));
      return given(
        isSeen
          ? null
          : wantsIn
            ? "The group does not show the member yet"
            : "The group still shows the member",
      );
    }
  }
}

function notTakenWords({ notTaken }: AcceptedOperation): string[] {
  return notTaken.length === 0 ? [] : [toNotTakenWords(notTaken)];
}

/** What stays told on an operation of which the tenant took all but these attributes. */
export function toNotTakenWords(keys: readonly AttributeKey[]): string {
  return `Accepted, but these attributes were not taken: ${keys.map((key) => attributes[key].label).join(", ")}`;
}
