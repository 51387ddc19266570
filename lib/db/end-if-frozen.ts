import "server-only";
import type { Transaction } from "@/lib/db/transaction";

/** Longer than the longest computing between two statements: a plan of 100,000 lines takes seconds. */
const FROZEN = "2min";

/**
 * Has PostgreSQL end the transaction when its process sends nothing for two minutes. A process that froze would keep
 * its locks, and nobody else could do its work.
 */
export async function endIfFrozen(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT set_config('idle_in_transaction_session_timeout', ${FROZEN}, true)`;
}
