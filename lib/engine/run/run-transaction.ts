import "server-only";
import { type SqlTransaction, sqlTransaction } from "@/lib/db/sql-transaction";
import type { TakenRun } from "@/lib/engine/run/taken-run";

const settings = {
  // How long a block waits for a row that somebody else has locked. The blocks of one worker carry many tenants, and
  // a process that froze in the middle of a transaction must cost the others no more than this, once.
  lock_timeout: "2s",
  // Every statement of a block goes by key, and to the first of many in an index's order. Left to its estimates,
  // which are from before a change of 100,000 operations was stored, the planner reads all that a run has open for
  // each claim of ten, sorts it, and takes ten.
  enable_seqscan: "off",
  enable_bitmapscan: "off",
  enable_sort: "off",
};

/**
 * A transaction for the runs of a block: it reaches their tenants and no other, over connections that only blocks
 * take, so that a heartbeat never stands behind other work.
 */
export function runTransaction<T>(
  runs: readonly Pick<TakenRun, "tenantId">[],
  work: (tx: SqlTransaction) => Promise<T>,
): Promise<T> {
  const tenants = [...new Set(runs.map(({ tenantId }) => tenantId))];
  return sqlTransaction({ tenants }, work, settings);
}
