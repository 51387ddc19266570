import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { findAccount, listAccountsOfName, listAccountsOfPerson } from "@/lib/directory/data";
import type { Person } from "@/lib/directory/types";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

/**
 * Finds everything we hold of one human, starting from one of their accounts. An e-mail address exists in one KnowBe4
 * account only, so the same human has different addresses in different tenants; the external id that onboarding
 * writes joins them (ADR 0005). People with the same name are offered separately, never joined.
 * @returns null when the account does not exist or is outside the scope.
 */
export async function findPerson(
  scope: Scope,
  input: { tenantId: string; resourceId: string },
): Promise<Person | null> {
  const start = await findAccount(scope, input);
  if (!start) return null;
  const { externalId } = start.attributes;
  const externalIds = externalId && isRandomId(externalId) ? [externalId] : [];
  const accounts = await listAccountsOfPerson(scope, { keys: [userNameKey(start.userName)], externalIds });
  const known = new Set(accounts.map((account) => `${account.tenantId} ${account.resourceId}`));
  const sameName = await listAccountsOfName(scope, { name: start.displayName });
  const namesakes = sameName.filter((account) => !known.has(`${account.tenantId} ${account.resourceId}`));
  return { name: start.displayName, accounts, namesakes };
}

/**
 * Whether an external id can join accounts of different tenants: only a random one can. An employee number such as
 * emp-1032 is another person's in the next tenant, and offboarding "everywhere" would archive a stranger.
 */
export function isRandomId(externalId: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(externalId);
}
