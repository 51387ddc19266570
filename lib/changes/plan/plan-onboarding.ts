import type { AttributeValues } from "@/lib/knowbe4/attributes";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { diffAttributes, toFieldDifferences } from "@/lib/changes/plan/diff";
import type { OnboardIntent } from "@/lib/changes/model/intent";
import { planJoining } from "@/lib/changes/plan/plan-groups";
import type { AccountFacts, PlannedOperation, Risk, TenantFacts } from "@/lib/changes/model/plan-types";
import { labelOf, toUserOperation } from "@/lib/changes/plan/planned-operation";

/**
 * Plans onboarding in one tenant. An existing account with that address is linked and updated, or restored, never
 * created twice. Two such accounts, or one with another name, need a person's decision.
 */
export function planOnboarding(intent: OnboardIntent, tenant: TenantFacts): PlannedOperation[] {
  const account = intent.accounts.find(({ tenantId }) => tenantId === tenant.id);
  if (!account) return [];
  const wanted = { ...intent.attributes, userName: account.userName, externalId: intent.personId };
  return planWanted(wanted, intent.groups, tenant);
}

/** Plans one person with these values and groups, whether the account exists or not. */
export function planWanted(
  wanted: AttributeValues,
  groups: readonly string[],
  tenant: TenantFacts,
): PlannedOperation[] {
  const userName = wanted.userName ?? "";
  const key = userNameKey(userName);
  const standing = tenant.accounts.filter((candidate) => userNameKey(candidate.userName) === key);
  const [found] = standing;
  if (!found) return planCreating(wanted, groups, tenant);
  if (standing.length > 1)
    return [refuse(userName, found, "ambiguous-match", `${standing.length} accounts share this address`)];
  if (!isPlausiblySame(wanted, found)) {
    return [refuse(userName, found, "different-person", `The address belongs to ${labelOf(found)}`)];
  }
  return planLinking(wanted, found, groups, tenant);
}

function planCreating(
  wanted: AttributeValues,
  groups: readonly string[],
  tenant: TenantFacts,
): PlannedOperation[] {
  const userName = wanted.userName ?? "";
  const create = toUserOperation(userName, {
    key: "person",
    intent: { kind: "create", values: wanted },
    label: nameOf(wanted) || userName,
    diff: toFieldDifferences(wanted, {}),
    why: "Not in this tenant's directory",
    risks: createRisks(wanted, tenant),
  });
  const member = {
    reference: { operationKey: create.key },
    groupIds: new Set<string>(),
    label: create.label,
  };
  return [create, ...planJoining(groups, tenant, member)];
}

/** The risks of creating an account. */
export function createRisks(values: AttributeValues, tenant: Pick<TenantFacts, "elsewhere">): Risk[] {
  const key = userNameKey(values.userName ?? "");
  const risks: Risk[] = ["may-enrol"];
  if (tenant.elsewhere.has(key)) risks.push("other-tenant-address");
  const principal = values.userPrincipalName;
  if (principal && userNameKey(principal) !== key) risks.push("principal-differs");
  return risks;
}

/** Existing account: restore it if archived, write what differs, and join missing groups. */
function planLinking(
  wanted: AttributeValues,
  found: AccountFacts,
  groups: readonly string[],
  tenant: TenantFacts,
): PlannedOperation[] {
  const operations: PlannedOperation[] = [];
  const shared = { label: labelOf(found), resourceId: found.resourceId };
  if (!found.active) {
    operations.push(
      toUserOperation(found.userName, {
        ...shared,
        key: "restore",
        intent: { kind: "restore" },
        diff: [{ field: "active", label: "Active", before: "false", after: "true" }],
        why: "Archived in this tenant; history is kept",
        risks: ["restores", "may-enrol"],
      }),
    );
  }
  // An existing external id belongs to the system that wrote it; replacing it would cut that link.
  const { externalId, ...rest } = wanted;
  const changes = diffAttributes(
    found.attributes.externalId ? rest : { ...rest, externalId },
    found.attributes,
  );
  if (Object.keys(changes).length > 0) {
    operations.push(
      toUserOperation(found.userName, {
        ...shared,
        key: "person",
        intent: { kind: "update", changes },
        diff: toFieldDifferences(changes, found.attributes),
        why: "Already in this tenant; only what differs is written",
        dependsOn: operations.map((operation) => operation.key),
      }),
    );
  }
  if (operations.length === 0) {
    operations.push(
      toUserOperation(found.userName, {
        ...shared,
        key: "person",
        intent: { kind: "link" },
        why: "Already in this tenant, with the same name and attributes",
      }),
    );
  }
  const { label, resourceId } = shared;
  const member = { reference: { resourceId }, groupIds: new Set(found.groupIds), label };
  return [...operations, ...planJoining(groups, tenant, member)];
}

function refuse(
  userName: string,
  found: AccountFacts,
  reason: "ambiguous-match" | "different-person",
  why: string,
) {
  return toUserOperation(userName, {
    key: "person",
    intent: { kind: "link" },
    label: labelOf(found),
    resourceId: found.resourceId,
    why,
    risks: ["name-differs"],
    refusal: reason,
  });
}

function nameOf(values: AttributeValues): string {
  return [values.givenName, values.familyName].filter(Boolean).join(" ");
}

/**
 * Whether an account with the address may be the person's: at least one part of the name agrees, or one side has no
 * name. Case, accents and order of the parts do not count.
 */
export function isPlausiblySame(
  wanted: AttributeValues,
  found: Pick<AccountFacts, "attributes" | "displayName">,
): boolean {
  // Two letters in a row are no initial, so an equal given name is enough; this decides most cases.
  const { givenName = "" } = wanted;
  if (givenName === found.attributes.givenName && /\p{L}{2}/u.test(givenName)) return true;
  const ours = nameParts(nameOf(wanted));
  const theirs = nameParts(`${nameOf(found.attributes)} ${found.displayName}`);
  if (ours.size === 0 || theirs.size === 0) return true;
  return [...ours].some((part) => theirs.has(part));
}

function nameParts(name: string): Set<string> {
  const folded = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  // A lone Latin letter is an initial and says little; in other scripts it may be a whole name.
  return new Set(
    folded.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== "" && !/^\p{Script=Latin}$/u.test(part)),
  );
}
