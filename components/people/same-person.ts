import type { Account, Person } from "@/lib/directory/types";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

/**
 * A person's accounts, by how certain it is that they are one human's. External ids are the clients' own: employee 1032
 * of one client and employee 1032 of another are different people. So an account that matches by external id alone,
 * with another name, is shown apart and never ticked at first: an offboarding must not archive a stranger.
 */
export type PersonParts = { sure: Account[]; unlike: Account[]; namesakes: Account[] };

/** @param start the account that led to the person; it is always among the certain ones. */
export function splitPerson(
  { accounts, namesakes }: Person,
  start: Pick<Account, "tenantId" | "resourceId">,
): PersonParts {
  const first = accounts.find(
    ({ tenantId, resourceId }) => tenantId === start.tenantId && resourceId === start.resourceId,
  );
  if (!first) return { sure: [], unlike: [...accounts], namesakes };
  const sure = accounts.filter((account) => account === first || isSurelySame(first, account));
  return { sure, unlike: accounts.filter((account) => !sure.includes(account)), namesakes };
}

/** Random IDs, such as those from onboarding, are unique; a client's own numbers and names are not. */
const randomId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function isSurelySame(a: Account, b: Account): boolean {
  if (userNameKey(a.userName) === userNameKey(b.userName)) return true;
  const { externalId } = a.attributes;
  if (externalId && randomId.test(externalId) && externalId === b.attributes.externalId) return true;
  return isSameName(a.displayName, b.displayName);
}

/** True if the names are equal, or one lacks a part of the other. Case, accents and order are ignored. */
export function isSameName(a: string, b: string): boolean {
  const [some, more] = [nameParts(a), nameParts(b)].sort((x, y) => x.size - y.size);
  if (!some || !more || some.size === 0) return false;
  return [...some].every((part) => more.has(part)) && (some.size > 1 || more.size === 1);
}

function nameParts(name: string): Set<string> {
  const folded = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return new Set(folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean));
}
