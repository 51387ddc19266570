import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { appendEvent } from "@/lib/audit/append";
import { transaction } from "@/lib/db/transaction";
import { nameOfChange } from "@/lib/provisioning/name-of-change";

/**
 * How long a worker owns a run after its last heartbeat. A worker that dies is followed after at most this long; a
 * worker that only hangs must not send after it, so requests are aborted when a heartbeat is late (invariant I4).
 */
export const LEASE_MS = 15_000;
export const HEARTBEAT_MS = 2_000;

export type TakenRun = {
  id: string;
  changeId: string;
  tenantId: string;
  epoch: number;
  credentialVersion: number | null;
};

/** Thrown when another worker has taken the run: whoever catches it writes nothing more. */
export class LeaseLostError extends Error {
  constructor() {
    super("Another worker has taken this run");
    this.name = "LeaseLostError";
  }
}

/**
 * Takes the tenant's next run: one whose worker is gone, before the oldest that waits. Raises its epoch, so that
 * every write of an earlier holder changes no row. Null when nothing is due or the tenant is not to be written to.
 */
export async function takeRun(scope: Scope, tenantId: string, worker: string): Promise<TakenRun | null> {
  return transaction(scope, async (tx) => {
    // Two workers that ask at once: the lock on the tenant's row makes the second see what the first took. NO KEY,
    // because a worker that froze inside a transaction holds the key of every row its writes point to.
    const [tenant] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM tenant WHERE id = ${tenantId}::uuid AND state = 'healthy' AND mode <> 'observe'
         AND (cooldown_to IS NULL OR cooldown_to <= now()) FOR NO KEY UPDATE`;
    if (!tenant) return null;
    const [run] = await tx.$queryRaw<(TakenRun & { takenOver: boolean })[]>`
      WITH next AS (
        SELECT id, state = 'running' AS taken_over FROM run
         WHERE tenant_id = ${tenantId}::uuid
           AND ((state = 'running' AND lease_until < now()) OR (state = 'queued' AND next_at <= now()))
           AND NOT EXISTS (SELECT FROM run r WHERE r.tenant_id = ${tenantId}::uuid AND r.state = 'running' AND r.lease_until >= now())
         ORDER BY (state = 'running') DESC, queued_at LIMIT 1 FOR NO KEY UPDATE
      )
      UPDATE run SET state = 'running', epoch = epoch + 1, worker = ${worker}, reason = NULL,
             lease_until = now() + ${LEASE_MS} * interval '1 ms', started_at = coalesce(started_at, now()),
             credential_version = (SELECT max(version) FROM credential c WHERE c.tenant_id = run.tenant_id AND c.destroyed_at IS NULL)
        FROM next WHERE run.id = next.id
      RETURNING run.id, run.change_id AS "changeId", run.tenant_id AS "tenantId", run.epoch,
                run.credential_version AS "credentialVersion", next.taken_over AS "takenOver"`;
    if (!run) return null;
    if (run.takenOver || run.epoch === 1) {
      const action = run.takenOver ? "run.taken_over" : "run.started";
      await appendEvent(tx, scope, {
        action,
        tenantId,
        changeId: run.changeId,
        target: await nameOfChange(tx, run.changeId),
        details: { run: run.id, epoch: run.epoch },
      });
    }
    return run;
  });
}

/**
 * Extends the lease. Tells whether to go on: `stopped` when an operator paused or disconnected the tenant, changed its
 * mode or replaced its token since the run was taken (no request goes out under an old token, invariant I11).
 * @throws LeaseLostError when the run is not this worker's any more.
 */
export async function extendLease(scope: Scope, run: TakenRun): Promise<"go-on" | "stopped"> {
  const [row] = await transaction(
    scope,
    (tx) => tx.$queryRaw<{ goOn: boolean }[]>`
    UPDATE run SET lease_until = now() + ${LEASE_MS} * interval '1 ms'
      FROM tenant t
     WHERE run.id = ${run.id}::uuid AND run.epoch = ${run.epoch} AND run.state = 'running' AND t.id = run.tenant_id
    RETURNING t.state = 'healthy' AND t.mode <> 'observe' AND run.credential_version = (
      SELECT max(version) FROM credential c WHERE c.tenant_id = run.tenant_id AND c.destroyed_at IS NULL) AS "goOn"`,
  );
  if (!row) throw new LeaseLostError();
  return row.goOn ? "go-on" : "stopped";
}
