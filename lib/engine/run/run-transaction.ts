import "server-only";
import { type SqlTransaction, sqlTransaction } from "@/lib/db/sql-transaction";
import type { TakenRun } from "@/lib/engine/run/taken-run";

const settings = {
  // How long a block waits for a locked row. One worker's blocks serve many tenants, so a process frozen in a
  // transaction may delay the others by at most this much, once.
  lock_timeout: "2s",
  // Every statement of a block uses keys or the head of an index. With its own estimates, taken before a change of
  // 100,000 operations was stored, the planner reads and sorts all open operations of a run for each claim of ten.
  enable_seqscan: "off",
  enable_bitmapscan: "off",
  enable_sort: "off",
};

/**
 * Runs a transaction for a block of runs. It can read only their tenants, and it uses connections reserved for
 * blocks, so that heartbeats never queue behind other work.
 */
export function runTransaction<T>(
  runs: readonly Pick<TakenRun, "tenantId">[],
  work: (tx: SqlTransaction) => Promise<T>,
): Promise<T> {
  const tenants = [...new Set(runs.map(({ tenantId }) => tenantId))];
  return sqlTransaction({ tenants }, work, settings);
}
