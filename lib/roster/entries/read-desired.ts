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
 * Reads whom a tenant's roster and policy want in it. With a file: the entries as they would be after it, and the
 * file's facts for the rails; of a merged file only the people it names. Writes nothing.
 * @param input `keys`: only these people (userNameKey).
 * @throws AppError not-found when the file does not exist or is outside the transaction's reach.
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
  const overlaid = await readOverlaid(tx, { tenantId, importId, policy, marksAbsence: true });
  const wanted = keys && new Set(keys);
  const entries = wanted
    ? overlaid.entries.filter(({ userNameKey }) => wanted.has(userNameKey))
    : overlaid.entries;
  return { roster: toDesiredRoster({ entries, policy, excluded }), listing: overlaid.listing };
}
