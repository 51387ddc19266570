import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { type Transaction, transaction } from "@/lib/db/transaction";

/* Whether a worker is there: the one place that says so, for readiness and for the console. Without a worker everything
   is accepted and nothing is sent. */

/** A worker writes this often that it is there. */
export const workerSeenEveryMs = 5_000;

/** `goneSeconds`: since when no worker was there; null where none ever was. */
export type WorkerAbsence = { goneSeconds: number | null };

/** Records that this worker went through its loop, and forgets those that have been gone for a day. */
export async function recordWorker(scope: Scope, { worker }: { worker: string }): Promise<void> {
  requireSystem(scope);
  await transaction(scope, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO worker (name, seen_at) VALUES (${worker}, now())
      ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at`;
    await tx.$executeRaw`DELETE FROM worker WHERE seen_at < now() - interval '1 day'`;
  });
}

/**
 * Finds out whether all workers have been gone for 60 s, by the database's clock: one worker is enough, and a frozen or
 * outdated one does not count.
 * @returns null while a worker is there
 */
export async function findWorkerAbsence(tx: Transaction): Promise<WorkerAbsence | null> {
  const [row] = await tx.$queryRaw<{ isThere: boolean; goneSeconds: number | null }[]>`
    SELECT coalesce(max(seen_at) > now() - interval '60 seconds', false) AS "isThere",
           floor(extract(epoch FROM now() - max(seen_at)))::int AS "goneSeconds" FROM worker`;
  if (row?.isThere) return null;
  return { goneSeconds: row?.goneSeconds ?? null };
}
