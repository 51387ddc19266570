import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { toDesiredRoster } from "@/lib/roster/entries/desired";
import { readEntries } from "@/lib/roster/entries/read-entries";
import { readExcluded } from "@/lib/roster/entries/read-guards";
import { readOverlaid } from "@/lib/roster/entries/read-overlaid";
import { readPolicy } from "@/lib/roster/policy/read-policy";
import type { DesiredRoster, ListingFacts } from "@/lib/roster/model/types";

type Input = { tenantId: string; importId: string | null; keys?: readonly string[] | null };

/**
 * Whom a tenant's roster and policy want in it. With a file: as the entries would be after it, and the file's facts
 * for the rails; of a merged file only the people it names. Nothing is written.
 * @param input `keys`: only these people (userNameKey).
 * @throws AppError not-found when the file is not there or not the transaction's.
 */
export async function readDesired(
  tx: Transaction,
  { tenantId, importId, keys = null }: Input,
): Promise<{ roster: DesiredRoster; listing: ListingFacts | null }> {
  const policy = await readPolicy(tx, tenantId);
  const excluded = await readExcluded(tx, tenantId);
  if (importId === null) {
    const entries = await readEntries(tx, { tenantId, keys });
    return { roster: toDesiredRoster({ entries, policy, excluded }), listing: null };
  }
  const overlaid = await readOverlaid(tx, { tenantId, importId, policy, tellsAbsence: true });
  const wanted = keys && new Set(keys);
  const entries = wanted
    ? overlaid.entries.filter(({ userNameKey }) => wanted.has(userNameKey))
    : overlaid.entries;
  return { roster: toDesiredRoster({ entries, policy, excluded }), listing: overlaid.listing };
}
