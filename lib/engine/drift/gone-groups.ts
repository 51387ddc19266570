import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { GROUP_FIELD } from "@/lib/engine/drift/drift-field";
import type { PutBack, PutBackIntent } from "@/lib/engine/drift/put-back-intents";
import { toFolded } from "@/lib/roster/policy/condition";
import { readDesired } from "@/lib/roster/entries/read-desired";

/** The most accounts that one change may name; see the intent schema. */
const ACCOUNTS_MAX = 500;

/**
 * Plans to recreate groups that somebody else deleted, with the members that the roster gives them. Other members are
 * unknown.
 * @throws AppError conflict when the roster gives the group no members.
 */
export async function planGoneGroups(
  tx: Transaction,
  tenantId: string,
  rows: readonly PutBack[],
): Promise<PutBackIntent[]> {
  const gone = rows.filter(({ field }) => field === GROUP_FIELD);
  if (gone.length === 0) return [];
  const { roster } = await readDesired(tx, { tenantId, importId: null });
  const accounts = await readAccountsByKey(tx, tenantId);
  return gone.flatMap(({ id, before }) => {
    const name = before ?? "";
    const wanted = roster.accounts.flatMap(({ active, groups, resourceId, userNameKey }) => {
      const account = accounts.get(resourceId ?? "") ?? accounts.get(userNameKey);
      return active && account && groups.some((group) => toFolded(group) === toFolded(name)) ? [account] : [];
    });
    if (wanted.length === 0) throw nobodyWanted(name);
    return toBlocks(wanted).map(
      (block): PutBackIntent => ({
        intent: {
          kind: "update",
          attributes: {},
          addGroups: [name],
          removeGroups: [],
          accounts: block.map((account) => ({ tenantId, ...account })),
        },
        driftIds: [id],
      }),
    );
  });
}

type Account = { resourceId: string; userName: string };

/** By resource and by address, the two keys by which an entry knows its account. */
async function readAccountsByKey(tx: Transaction, tenantId: string): Promise<ReadonlyMap<string, Account>> {
  const rows = await tx.$queryRaw<(Account & { key: string })[]>`
    SELECT resource_id AS "resourceId", user_name AS "userName", user_name_key AS key
      FROM directory_user WHERE tenant_id = ${tenantId}::uuid`;
  return new Map(
    rows.flatMap(({ key, ...account }) => [
      [key, account],
      [account.resourceId, account],
    ]),
  );
}

function toBlocks(accounts: readonly Account[]): Account[][] {
  const count = Math.ceil(accounts.length / ACCOUNTS_MAX);
  return Array.from({ length: count }, (_, at) => accounts.slice(at * ACCOUNTS_MAX, (at + 1) * ACCOUNTS_MAX));
}

function nobodyWanted(name: string): AppError {
  return new AppError(
    "conflict",
    `${name} cannot be put back: the roster has no members for it, and its earlier members are unknown. Nothing was decided. Create it in KnowBe4, or accept that it is gone.`,
  );
}
