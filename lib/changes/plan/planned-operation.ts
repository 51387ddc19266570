import { userNameKey } from "@/lib/knowbe4/user-name-key";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { AccountFacts, OperationIntent, PlannedOperation, Risk } from "@/lib/changes/model/plan-types";

/** The key of the resource that an operation touches: operations with one key never run at the same time. */
export function userResourceKey(userName: string): string {
  return `user:${userNameKey(userName)}`;
}

export function groupResourceKey(displayName: string): string {
  return `group:${displayName.trim().toLowerCase()}`;
}

type Details = {
  key: string;
  intent: OperationIntent;
  label: string;
  resourceId?: string | null;
  diff?: PlannedOperation["diff"];
  why: string;
  risks?: Risk[];
  dependsOn?: string[];
  /** Set when the planner itself refuses the line. */
  refusal?: CatalogueCode;
};

export function toUserOperation(userName: string, details: Details): PlannedOperation {
  return toOperation(userName, userResourceKey(userName), details);
}

export function toGroupOperation(displayName: string, details: Details): PlannedOperation {
  return toOperation(displayName, groupResourceKey(displayName), details);
}

function toOperation(target: string, resourceKey: string, details: Details): PlannedOperation {
  return {
    key: details.key,
    kind: details.intent.kind,
    state: details.refusal ? "skipped" : "planned",
    reason: details.refusal ?? null,
    target,
    label: details.label,
    resourceKey,
    resourceId: details.resourceId ?? null,
    intent: details.intent,
    diff: details.diff ?? [],
    why: details.why,
    risks: details.risks ?? [],
    dependsOn: details.dependsOn ?? [],
  };
}

/** A person's label in a line: the name when the directory has one, else the address. */
export function labelOf(account: AccountFacts): string {
  return account.displayName || account.userName;
}
