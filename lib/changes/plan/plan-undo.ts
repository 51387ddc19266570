import type { AttributeChanges } from "@/lib/knowbe4/attributes";
import { diffAttributes, toFieldDifferences } from "@/lib/changes/plan/diff";
import { type AccountsById, planMembers } from "@/lib/changes/plan/plan-members";
import { toActivity } from "@/lib/changes/plan/plan-offboarding";
import { findOwnAccount } from "@/lib/changes/plan/own-account";
import { operationCan } from "@/lib/changes/model/operation-can";
import type {
  AccountFacts,
  PastOperation,
  PlannedOperation,
  TenantFacts,
} from "@/lib/changes/model/plan-types";
import { labelOf, toUserOperation } from "@/lib/changes/plan/planned-operation";

const WHY = "The inverse of what the change did";

/**
 * Plans the inverse of what a change did in one tenant, last operation first, against what the tenant holds now: a
 * create is archived, an archive restored, a restore archived, values are set back, members leave or return. Groups
 * and links stay: nothing is deleted. A value that others have set since is not overwritten.
 */
export function planUndoing(tenant: TenantFacts): PlannedOperation[] {
  const accounts = new Map(tenant.accounts.map((account) => [account.resourceId, account]));
  return tenant.past
    .filter(operationCan.undo)
    .toReversed()
    .flatMap((past) => undo(past, tenant, accounts));
}

function undo(past: PastOperation, tenant: TenantFacts, accounts: AccountsById): PlannedOperation[] {
  const { intent } = past;
  switch (intent.kind) {
    case "link":
    case "group_create":
      return [];
    case "members_add":
    case "members_remove": {
      const kind = intent.kind === "members_add" ? "members_remove" : "members_add";
      return planMembers({ key: `undo:${past.id}`, kind, why: WHY }, { ...past, intent }, tenant, accounts);
    }
    default:
      return undoForPerson(past, findAccount(past, tenant, accounts));
  }
}

function undoForPerson(past: PastOperation, account: AccountFacts | null): PlannedOperation[] {
  const { intent } = past;
  const key = `undo:${past.id}`;
  if (!account) return [toVanished(past, key)];
  switch (intent.kind) {
    case "create":
    case "restore":
      return account.active ? [toActivity(account, "archive", { key, why: WHY })] : [];
    case "archive":
      return account.active ? [] : [toActivity(account, "restore", { key, why: WHY })];
    case "update":
      return undoUpdate(past, account, intent.changes);
    default:
      return [];
  }
}

/** Sets each value back where it is still what the change wrote. */
function undoUpdate(
  past: PastOperation,
  account: AccountFacts,
  written: AttributeChanges,
): PlannedOperation[] {
  const before = Object.fromEntries(past.diff.map((row) => [row.field, row.before])) as AttributeChanges;
  const moved = diffAttributes(written, account.attributes);
  const back = diffAttributes(before, account.attributes);
  const theirs = pick(back, (key) => key in moved);
  const ours = pick(back, (key) => !(key in moved));
  const shared = { label: labelOf(account), resourceId: account.resourceId };
  const lines: PlannedOperation[] = [];
  if (Object.keys(ours).length > 0) {
    lines.push(
      toUserOperation(ours.userName ?? account.userName, {
        ...shared,
        key: `undo:${past.id}`,
        intent: { kind: "update", changes: ours },
        diff: toFieldDifferences(ours, account.attributes),
        why: WHY,
        risks: ours.userName ? ["address-changes", "loses-aliases"] : [],
      }),
    );
  }
  if (Object.keys(theirs).length > 0) {
    lines.push(
      toUserOperation(account.userName, {
        ...shared,
        key: `undo:${past.id}:changed-since`,
        intent: { kind: "update", changes: theirs },
        diff: toFieldDifferences(theirs, account.attributes),
        why: "Changed outside Rollcall since, so it is left as it is",
        risks: ["changed-since"],
        refusal: "drift-found",
      }),
    );
  }
  return lines;
}

function pick(changes: AttributeChanges, isPicked: (key: string) => boolean): AttributeChanges {
  return Object.fromEntries(Object.entries(changes).filter(([key]) => isPicked(key)));
}

/** Finds an account by its resource's id; one that was created without an answer, by what makes it ours. */
export function findAccount(
  { resourceId, intent }: Pick<PastOperation, "resourceId" | "intent">,
  tenant: TenantFacts,
  accounts: AccountsById,
): AccountFacts | null {
  if (resourceId !== null) return accounts.get(resourceId) ?? null;
  return intent.kind === "create" ? findOwnAccount(intent.values, tenant.accounts) : null;
}

export function toVanished({ target, label, resourceId }: PastOperation, key: string): PlannedOperation {
  return toUserOperation(target, {
    key,
    intent: { kind: "link" },
    label,
    resourceId,
    why: "No longer in this tenant's directory",
    refusal: "vanished",
  });
}
