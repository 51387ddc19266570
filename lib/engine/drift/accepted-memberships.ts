import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { isMembership } from "@/lib/engine/drift/drift-field";
import type { PutBack } from "@/lib/engine/drift/put-back-intents";
import { toFolded } from "@/lib/roster/policy/condition";
import { readDesired } from "@/lib/roster/entries/read-desired";
import { findEntryKeys } from "@/lib/roster/entries/read-entries";
import type { DesiredRoster } from "@/lib/roster/model/types";

/**
 * Checks that the roster and its policy yield the accepted memberships. Where a rule or the name map decides a group,
 * a person's own roster groups do not count, and the next plan would revert what was accepted.
 * @throws AppError conflict, which rolls the acceptance back.
 */
export async function requireAccepted(
  tx: Transaction,
  tenantId: string,
  rows: readonly PutBack[],
): Promise<void> {
  const memberships = rows.filter(({ field }) => isMembership(field));
  if (memberships.length === 0) return;
  const resourceIds = memberships.map(({ resourceId }) => resourceId);
  const linked = await findEntryKeys(tx, { tenantId, resourceIds });
  const keys = [
    ...memberships.map(({ userName }) => userNameKey(userName)),
    ...linked.map((entry) => entry.userNameKey),
  ];
  const { roster } = await readDesired(tx, { tenantId, importId: null, keys });
  const overruled = memberships.find((row) => isOverruled(row, roster));
  if (!overruled) return;
  const { userName, before, after } = overruled;
  throw new AppError(
    "conflict",
    `The tenant's group rules decide who is in ${after ?? before}, so the next plan would revert this membership of ${userName}. Nothing was decided. Change the rules on the tenant's roster, or put it back.`,
  );
}

/** Whether the roster and its policy yield a different membership than the accepted one. Pure. */
export function isOverruled(
  { resourceId, userName, before, after }: Pick<PutBack, "resourceId" | "userName" | "before" | "after">,
  { accounts, managedGroups }: DesiredRoster,
): boolean {
  const key = userNameKey(userName);
  const account =
    accounts.find((each) => each.resourceId === resourceId) ??
    accounts.find((each) => each.resourceId === null && each.userNameKey === key);
  if (!account?.active) return false;
  const name = toFolded(after ?? before ?? "");
  const isWanted = account.groups.some((group) => toFolded(group) === name);
  return after === null ? isWanted : !isWanted && managedGroups.has(name);
}
