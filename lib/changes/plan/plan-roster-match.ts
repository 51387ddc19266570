import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { isPlausiblySame } from "@/lib/changes/plan/plan-onboarding";
import type { AccountFacts } from "@/lib/changes/model/plan-types";
import { labelOf } from "@/lib/changes/plan/planned-operation";
import type { DesiredAccount } from "@/lib/roster/model/types";

type Refused = {
  kind: "refused";
  reason: "ambiguous-match" | "different-person" | "vanished";
  why: string;
  account: AccountFacts | null;
};

/** The account that a roster entry refers to, or why it cannot be decided. */
export type RosterMatch = { kind: "found"; account: AccountFacts } | { kind: "nobody" } | Refused;

export type RosterMatcher = { match(wanted: DesiredAccount): RosterMatch };

/**
 * Finds accounts by the linked resource id, then the external id, then the address; the first hit decides. A link is
 * trusted. An account found by external id or address must plausibly be the same person and belong to no other entry.
 */
export function createRosterMatcher(
  desired: readonly DesiredAccount[],
  accounts: readonly AccountFacts[],
): RosterMatcher {
  const byId = new Map<string, AccountFacts>();
  for (const account of accounts) byId.set(account.resourceId, account);
  const sought = seek(desired, accounts, byId);
  const taken = new Set<string>();

  function findUnlinked(wanted: DesiredAccount): RosterMatch {
    const externalId = externalIdOf(wanted);
    const hit = (externalId && sought.byExternalId.get(externalId)) || sought.byKey.get(wanted.userNameKey);
    if (!hit) return wanted.resourceId !== null && wanted.active ? vanished : nobody;
    if (hit === "several")
      return refuse("ambiguous-match", "Several accounts share this address or id", null);
    if (sought.linked.has(hit.resourceId) || taken.has(hit.resourceId))
      return refuse("different-person", `${labelOf(hit)} is linked to another person`, hit);
    if (!isPlausiblySame(namesOf(wanted), hit))
      return refuse("different-person", `The account belongs to ${labelOf(hit)}`, hit);
    taken.add(hit.resourceId);
    return { kind: "found", account: hit };
  }

  return {
    match(wanted) {
      const account = wanted.resourceId === null ? undefined : byId.get(wanted.resourceId);
      const match: RosterMatch = account ? { kind: "found", account } : findUnlinked(wanted);
      if (match.kind !== "found" || !wanted.active || !isRenamed(wanted, match.account)) return match;
      // A new address that another account has cannot be assigned.
      const holder = sought.byKey.get(wanted.userNameKey);
      if (!holder || holder === match.account) return match;
      return refuse("ambiguous-match", `Another account has the address ${wanted.userName}`, match.account);
    },
  };
}

/** Whether the account's address differs from the wanted one, ignoring case and Unicode form. */
export function isRenamed(wanted: DesiredAccount, account: AccountFacts): boolean {
  return account.userName !== wanted.userName && userNameKey(account.userName) !== wanted.userNameKey;
}

/** The hits for an address or external id: one account, or "several". */
type Index = Map<string, AccountFacts | "several">;

type Sought = { byKey: Index; byExternalId: Index; linked: Set<string> };

/**
 * Builds indexes of only the addresses and external ids that are looked up: empty for a fully linked roster, small
 * otherwise. `linked`: found accounts that an entry has.
 */
function seek(
  desired: readonly DesiredAccount[],
  accounts: readonly AccountFacts[],
  byId: ReadonlyMap<string, AccountFacts>,
): Sought {
  const keys = new Set<string>();
  const externalIds = new Set<string>();
  for (const wanted of desired) {
    const account = wanted.resourceId === null ? undefined : byId.get(wanted.resourceId);
    if (account && !isRenamed(wanted, account)) continue;
    keys.add(wanted.userNameKey);
    const externalId = externalIdOf(wanted);
    if (externalId) externalIds.add(externalId);
  }
  const sought: Sought = { byKey: new Map(), byExternalId: new Map(), linked: new Set() };
  if (keys.size === 0) return sought;
  const found = new Set<string>();
  for (const account of accounts) {
    const key = userNameKey(account.userName);
    const { externalId } = account.attributes;
    if (keys.has(key)) note(sought.byKey, key, account, found);
    if (externalId && externalIds.has(externalId)) note(sought.byExternalId, externalId, account, found);
  }
  for (const { resourceId } of desired) {
    if (resourceId !== null && found.has(resourceId)) sought.linked.add(resourceId);
  }
  return sought;
}

function note(index: Index, key: string, account: AccountFacts, found: Set<string>): void {
  index.set(key, index.has(key) ? "several" : account);
  found.add(account.resourceId);
}

function externalIdOf({ values, createValues }: DesiredAccount): string | undefined {
  return values.externalId ?? createValues.externalId;
}

function namesOf({ values, createValues }: DesiredAccount) {
  return {
    givenName: values.givenName ?? createValues.givenName,
    familyName: values.familyName ?? createValues.familyName,
  };
}

const nobody: RosterMatch = { kind: "nobody" };

const vanished = refuse(
  "vanished",
  "The account is no longer in the directory, and a plan does not recreate it silently",
  null,
);

function refuse(reason: Refused["reason"], why: string, account: AccountFacts | null): Refused {
  return { kind: "refused", reason, why, account };
}
