import type { AttributeChanges, AttributeValues } from "@/lib/knowbe4/attributes";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { diffAttributes, hasDifference, toFieldDifferences } from "@/lib/changes/plan/diff";
import { toActivity } from "@/lib/changes/plan/plan-offboarding";
import { createRisks } from "@/lib/changes/plan/plan-onboarding";
import { orderManagersFirst } from "@/lib/changes/plan/plan-order";
import { createGroupCollector, type GroupCollector } from "@/lib/changes/plan/plan-roster-groups";
import { createRosterMatcher, isRenamed, type RosterMatch } from "@/lib/changes/plan/plan-roster-match";
import type {
  AccountFacts,
  PlannedOperation,
  PlannedRun,
  PlanWarning,
  Risk,
  RosterLink,
  TenantFacts,
} from "@/lib/changes/model/plan-types";
import { labelOf, toUserOperation } from "@/lib/changes/plan/planned-operation";
import type { DesiredAccount } from "@/lib/roster/model/types";

/** Lines by kind, so that they are returned in an order that respects references. */
type Lines = Record<
  "archives" | "restores" | "creates" | "updates" | "links" | "refused",
  PlannedOperation[]
> & {
  remembered: RosterLink[];
};

/**
 * Plans one tenant's roster against its directory, in time linear in the people. Archives come first, because they
 * free the seats that creates take; then creates, managers before the people they manage; then updates; then groups
 * and their members. Accounts without a roster entry are counted and left alone (decision 14).
 */
export function planReconciling(tenant: TenantFacts): Omit<PlannedRun, "tenantId" | "refusal"> {
  const { roster } = tenant;
  if (!roster) throw new Error("The roster's facts were not read before planning");
  const { accounts, excluded } = roster.desired;
  const matcher = createRosterMatcher(accounts, tenant.accounts);
  const groups = createGroupCollector(tenant, roster.desired.managedGroups);
  const lines: Lines = {
    archives: [],
    restores: [],
    creates: [],
    updates: [],
    links: [],
    refused: [],
    remembered: [],
  };
  let known = 0;
  for (const wanted of accounts) {
    if (excluded.has(wanted.userNameKey)) continue;
    const match = matcher.match(wanted);
    if (match.kind !== "nobody") known += 1;
    planPerson(wanted, match, tenant, { lines, groups });
  }
  const warnings: PlanWarning[] = [];
  const orphans = tenant.accounts.length - known - countExcluded(tenant.accounts, excluded);
  if (roster.isWhole && orphans > 0) warnings.push({ tenantId: tenant.id, code: "orphans", count: orphans });
  const creates = orderManagersFirst(lines.creates);
  return {
    operations: [
      ...lines.refused,
      ...lines.archives,
      ...lines.restores,
      ...creates,
      ...lines.updates,
      ...lines.links,
      ...groups.list(),
    ],
    warnings,
    links: lines.remembered,
  };
}

/** Excluded people are not in the wanted roster, so no entry has matched them. */
function countExcluded(accounts: readonly AccountFacts[], excluded: ReadonlySet<string>): number {
  if (excluded.size === 0) return 0;
  return accounts.filter(({ userName }) => excluded.has(userNameKey(userName))).length;
}

function planPerson(
  wanted: DesiredAccount,
  match: RosterMatch,
  tenant: TenantFacts,
  { lines, groups }: { lines: Lines; groups: GroupCollector },
): void {
  if (match.kind === "refused") {
    // Do not archive an ambiguous match: archiving the wrong person is worse than keeping one.
    const isReported = wanted.active || match.reason === "ambiguous-match" || match.account?.active;
    if (isReported) lines.refused.push(toRefusal(wanted, match));
    return;
  }
  if (match.kind === "nobody") {
    if (!wanted.active) return;
    const create = toCreate(wanted, tenant);
    lines.creates.push(create);
    groups.want(wanted, { operationKey: create.key }, create.label, null);
    return;
  }
  const { account } = match;
  if (wanted.resourceId !== account.resourceId) {
    lines.remembered.push({ userName: wanted.userName, resourceId: account.resourceId });
  }
  if (!wanted.active) {
    if (account.active) lines.archives.push(toArchive(wanted, account));
    return;
  }
  planStanding(wanted, account, tenant, lines);
  groups.want(wanted, { resourceId: account.resourceId }, labelOf(account), account);
}

/** Existing account: restore it if archived, write what differs, and link it where no other entry has it. */
function planStanding(
  wanted: DesiredAccount,
  account: AccountFacts,
  tenant: TenantFacts,
  lines: Lines,
): void {
  const isMoved = isRenamed(wanted, account);
  const values = toWritten(wanted, account, isMoved);
  const isFirst = wanted.resourceId === null && !tenant.roster?.linkedIds.has(account.resourceId);
  const isUpdated = hasDifference(values, account.attributes);
  if (!account.active)
    lines.restores.push(
      toActivity(account, "restore", { key: `restore:${wanted.userNameKey}`, why: wanted.why }),
    );
  if (isUpdated) lines.updates.push(toUpdate(wanted, account, values, { isMoved, isFirst }));
  else if (isFirst && account.active) {
    lines.links.push(
      toUserOperation(account.userName, {
        key: `link:${wanted.userNameKey}`,
        intent: { kind: "link" },
        label: labelOf(account),
        resourceId: account.resourceId,
        why: wanted.why,
        risks: ["loses-aliases"],
      }),
    );
  }
}

/** An existing external id belongs to the system that wrote it; replacing it would cut that link. */
function toWritten(wanted: DesiredAccount, account: AccountFacts, isMoved: boolean): AttributeChanges {
  if (!isMoved && (!account.attributes.externalId || wanted.values.externalId === undefined))
    return wanted.values;
  const { externalId, ...rest } = wanted.values;
  const values: AttributeChanges = isMoved ? { ...rest, userName: wanted.userName } : rest;
  if (!account.attributes.externalId && externalId !== undefined) values.externalId = externalId;
  return values;
}

function toUpdate(
  wanted: DesiredAccount,
  account: AccountFacts,
  values: AttributeChanges,
  { isMoved, isFirst }: { isMoved: boolean; isFirst: boolean },
): PlannedOperation {
  const changes = diffAttributes(values, account.attributes);
  const risks: Risk[] = [];
  if (isMoved) risks.push("address-changes");
  if (isMoved || isFirst) risks.push("loses-aliases");
  // The new address: the directory will show the account under it.
  return toUserOperation(isMoved ? wanted.userName : account.userName, {
    key: `update:${wanted.userNameKey}`,
    intent: { kind: "update", changes },
    label: labelOf(account),
    resourceId: account.resourceId,
    diff: toFieldDifferences(changes, account.attributes),
    why: wanted.why,
    risks,
    dependsOn: account.active ? [] : [`restore:${wanted.userNameKey}`],
  });
}

function toCreate(wanted: DesiredAccount, tenant: TenantFacts): PlannedOperation {
  const values: AttributeValues = { ...wanted.createValues };
  for (const [key, value] of Object.entries(wanted.values)) {
    if (value !== null) Object.assign(values, { [key]: value });
  }
  values.userName = wanted.userName;
  return toUserOperation(wanted.userName, {
    key: `create:${wanted.userNameKey}`,
    intent: { kind: "create", values },
    label: [values.givenName, values.familyName].filter(Boolean).join(" ") || wanted.userName,
    diff: toFieldDifferences(values, {}),
    why: wanted.why,
    risks: createRisks(values, tenant),
  });
}

function toArchive(wanted: DesiredAccount, account: AccountFacts): PlannedOperation {
  const operation = toActivity(account, "archive", { key: `archive:${wanted.userNameKey}`, why: wanted.why });
  return wanted.leaving === "absent" ? { ...operation, isAbsence: true } : operation;
}

function toRefusal(
  wanted: DesiredAccount,
  match: Extract<RosterMatch, { kind: "refused" }>,
): PlannedOperation {
  return toUserOperation(wanted.userName, {
    key: `refused:${wanted.userNameKey}`,
    intent: { kind: "link" },
    label: wanted.userName,
    resourceId: match.account?.resourceId ?? null,
    why: match.why,
    risks: match.reason === "different-person" ? ["name-differs"] : [],
    refusal: match.reason,
  });
}
