import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { diffAttributes, toFieldDifferences } from "@/lib/changes/plan/diff";
import { toActivity } from "@/lib/changes/plan/plan-offboarding";
import { type AccountsById, planMembers } from "@/lib/changes/plan/plan-members";
import { planWanted } from "@/lib/changes/plan/plan-onboarding";
import { findAccount, toVanished } from "@/lib/changes/plan/plan-undo";
import { operationCan } from "@/lib/changes/model/operation-can";
import type {
  AccountFacts,
  PastOperation,
  PlannedOperation,
  TenantFacts,
} from "@/lib/changes/model/plan-types";
import {
  groupResourceKey,
  labelOf,
  toGroupOperation,
  toUserOperation,
} from "@/lib/changes/plan/planned-operation";

const WHY = "Not done by the change that this one retries";

const FOUND_AGAIN = "The account was gone; another one has its address now";

/**
 * Plans new operations for those of a change that failed, or were skipped because another failed. Each names the one
 * it repeats (invariant I7: a terminal row never changes). They are planned against what the tenant holds now: a
 * person who exists by now is linked or updated, and finished work has no line. An account that was gone is matched
 * again by its address, as a line of its own that somebody looks at.
 */
export function planRetrying(tenant: TenantFacts): PlannedOperation[] {
  const accounts = new Map(tenant.accounts.map((account) => [account.resourceId, account]));
  const byKey = Map.groupBy(tenant.accounts, ({ userName }) => userNameKey(userName));
  const made: Made = { creates: new Map(), stands: new Map(), groups: new Map() };
  return tenant.past.filter(operationCan.retry).flatMap((past) =>
    retry(past, narrowed(past, tenant, byKey), accounts, made).map((operation) => ({
      ...operation,
      retryOf: past.id,
    })),
  );
}

/** The tenant with only the accounts of one address, so that many creates are not each compared with everybody. */
function narrowed(past: PastOperation, tenant: TenantFacts, byKey: Map<string, AccountFacts[]>): TenantFacts {
  return { ...tenant, accounts: byKey.get(userNameKey(past.target)) ?? [] };
}

/**
 * What this plan creates or finds, for later lines: people by the operation that was to create them, groups by key.
 */
type Made = {
  creates: Map<string, { key: string; label: string }>;
  stands: Map<string, string>;
  groups: Map<string, string>;
};

function retry(
  past: PastOperation,
  tenant: TenantFacts,
  accounts: AccountsById,
  made: Made,
): PlannedOperation[] {
  const { intent } = past;
  const key = `retry:${past.id}`;
  switch (intent.kind) {
    case "create":
      return retryCreate(past, planWanted(intent.values, [], tenant), made);
    case "group_create":
      return retryGroup(past, intent.displayName, tenant, made);
    case "members_add":
    case "members_remove":
      return planMembers(
        { key, kind: intent.kind, why: WHY, ...made },
        { ...past, intent },
        tenant,
        accounts,
      );
    default: {
      const account = findAccount(past, tenant, accounts);
      if (account) return retryStanding(past, account, WHY);
      const [again, ...others] = past.reason === "vanished" ? tenant.accounts : [];
      if (!again || others.length > 0) return [toVanished(past, key)];
      return retryStanding(past, again, FOUND_AGAIN).map(warnOfOthersName(past, again));
    }
  }
}

/** Replaces the keys of one person's lines by this operation's; a plan may hold many of them. */
function retryCreate(past: PastOperation, lines: PlannedOperation[], made: Made): PlannedOperation[] {
  const rekey = (key: string) => `retry:${past.id}:${key}`;
  const create = lines.find(({ kind }) => kind === "create");
  const found = lines.find(({ state, resourceId }) => state === "planned" && resourceId !== null);
  if (create) made.creates.set(past.id, { key: rekey(create.key), label: create.label });
  else if (found?.resourceId) made.stands.set(past.id, found.resourceId);
  return lines.map((line) => ({ ...line, key: rekey(line.key), dependsOn: line.dependsOn.map(rekey) }));
}

function retryGroup(
  past: PastOperation,
  displayName: string,
  tenant: TenantFacts,
  made: Made,
): PlannedOperation[] {
  const resourceKey = groupResourceKey(displayName);
  const stands = tenant.groups.some((group) => groupResourceKey(group.displayName) === resourceKey);
  if (stands || made.groups.has(resourceKey)) return [];
  const key = `retry:${past.id}`;
  made.groups.set(resourceKey, key);
  return [
    toGroupOperation(displayName, {
      key,
      intent: { kind: "group_create", displayName },
      label: displayName,
      diff: [{ field: "displayName", label: "Group", before: null, after: displayName }],
      why: WHY,
      risks: ["new-group"],
    }),
  ];
}

/** The id is new, so whether it is the same person is for whoever applies the plan to see. */
function warnOfOthersName({ label }: PastOperation, account: AccountFacts) {
  return (line: PlannedOperation): PlannedOperation =>
    label === labelOf(account) ? line : { ...line, risks: [...line.risks, "name-differs"] };
}

function retryStanding(past: PastOperation, account: AccountFacts, why: string): PlannedOperation[] {
  const { intent } = past;
  const key = `retry:${past.id}`;
  const shared = { key, label: labelOf(account), resourceId: account.resourceId, why };
  switch (intent.kind) {
    case "archive":
    case "restore":
      return account.active === (intent.kind === "restore")
        ? []
        : [toActivity(account, intent.kind, { key, why })];
    case "link":
      return [toUserOperation(account.userName, { ...shared, intent: { kind: "link" } })];
    case "update": {
      const changes = diffAttributes(intent.changes, account.attributes);
      if (Object.keys(changes).length === 0) return [];
      return [
        toUserOperation(changes.userName ?? account.userName, {
          ...shared,
          intent: { kind: "update", changes },
          diff: toFieldDifferences(changes, account.attributes),
        }),
      ];
    }
    default:
      return [];
  }
}
