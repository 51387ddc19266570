import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { appendScopedEvents } from "@/lib/audit/log/append";
import { groupCommit } from "@/lib/db/group-commit";
import { LEASED_RUN } from "@/lib/db/state-lists";
import type { SqlTransaction } from "@/lib/db/sql-transaction";
import { BREAKER_FAILURES } from "@/lib/engine/run/backoff";
import { runTransaction } from "@/lib/engine/run/run-transaction";
import { CANCELLED } from "@/lib/changes/model/states";
import { formatChangeNumber } from "@/lib/change-number";
import type { TakenRun } from "@/lib/engine/run/taken-run";

/**
 * How long a worker owns a run after its last heartbeat, in ms. After a worker dies, another takes over within this
 * time. A worker that only hangs must not send after it, so requests are aborted when a heartbeat is late (invariant
 * I4).
 */
export const LEASE_MS = 12_000;

type TakeRequest = { scope: Scope; tenantId: string; worker: string };

/**
 * Takes the tenant's next run: first one whose worker is gone, then the oldest that waits. Raises its epoch, so that
 * writes of an earlier holder change no row. Returns null when nothing is due, while the fleet is stopped, when the
 * tenant may not be written to, or when another worker has its row locked: the next sweep finds it.
 *
 * Two statements serve all tenants that are requested at about the same time: 500 runs that began at once took 2 s
 * one by one.
 */
export function takeRun(scope: Scope, tenantId: string, worker: string): Promise<TakenRun | null> {
  requireSystem(scope);
  return takeInGroup({ scope, tenantId, worker });
}

const takeInGroup = groupCommit(takeBlock, { blockMax: 100 });

function takeBlock(requests: readonly TakeRequest[]): Promise<(TakenRun | null)[]> {
  const askedMs = performance.now();
  return runTransaction(requests, async (tx) => {
    const first = new Map(requests.toReversed().map((request) => [request.tenantId, request]));
    const rows = await takeRuns(tx, [...first.values()]);
    await appendScopedEvents(
      tx,
      rows.flatMap((row) => toEvents(row, first.get(row.tenantId))),
    );
    const taken = new Map(
      rows.map(({ id, changeId, tenantId, epoch, credentialVersion }) => [
        first.get(tenantId),
        { id, changeId, tenantId, epoch, credentialVersion, askedMs },
      ]),
    );
    return requests.map((request) => taken.get(request) ?? null);
  });
}

type TakenRow = Omit<TakenRun, "askedMs"> & { takenOver: boolean; number: number };

async function takeRuns(tx: SqlTransaction, requests: readonly TakeRequest[]): Promise<TakenRow[]> {
  // When two workers ask at once, the lock on the tenant's row makes the second see what the first took, or skip the
  // tenant. NO KEY, because a worker frozen inside a transaction holds the key of every row its writes point to. This
  // is a separate statement, so that the next one sees what was committed before the lock was granted.
  const tenants = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM tenant WHERE id = ANY (${requests.map(({ tenantId }) => tenantId)}::uuid[]) AND state = 'healthy' AND mode <> 'observe'
       AND (cooldown_to IS NULL OR cooldown_to <= now()) AND failures < ${BREAKER_FAILURES}
       AND NOT EXISTS (SELECT FROM fleet WHERE stopped_at IS NOT NULL)
       FOR NO KEY UPDATE SKIP LOCKED`;
  const free = new Set(tenants.map(({ id }) => id));
  const due = requests.filter(({ tenantId }) => free.has(tenantId));
  if (due.length === 0) return [];
  return tx.$queryRaw<TakenRow[]>`
    WITH next AS (
      SELECT n.*, a.worker FROM unnest(${due.map(({ tenantId }) => tenantId)}::uuid[], ${due.map(({ worker }) => worker)}::text[])
             AS a(tenant_id, worker)
       CROSS JOIN LATERAL (
         SELECT id, state = 'running' AS taken_over FROM run
          WHERE tenant_id = a.tenant_id
            AND ((state = 'running' AND lease_until < now()) OR (state = 'queued' AND next_at <= now()))
            AND NOT EXISTS (SELECT FROM run r WHERE r.tenant_id = a.tenant_id
                             AND r.state IN ${LEASED_RUN} AND r.lease_until >= now())
          ORDER BY (state = 'running') DESC, queued_at LIMIT 1 FOR NO KEY UPDATE) n
    )
    UPDATE run SET state = 'running', epoch = epoch + 1, worker = next.worker,
           reason = CASE WHEN run.reason = ${CANCELLED} THEN run.reason END,
           lease_until = now() + ${LEASE_MS} * interval '1 ms', started_at = coalesce(started_at, now()),
           credential_version = (SELECT max(version) FROM credential c WHERE c.tenant_id = run.tenant_id AND c.destroyed_at IS NULL)
      FROM next, change WHERE run.id = next.id AND change.id = run.change_id
    RETURNING run.id, run.change_id AS "changeId", run.tenant_id AS "tenantId", run.epoch,
              run.credential_version AS "credentialVersion", next.taken_over AS "takenOver", change.number`;
}

function toEvents({ takenOver, epoch, ...run }: TakenRow, request: TakeRequest | undefined) {
  if (!request || (!takenOver && epoch !== 1)) return [];
  const event = {
    action: takenOver ? ("run.taken_over" as const) : ("run.started" as const),
    tenantId: run.tenantId,
    changeId: run.changeId,
    target: formatChangeNumber(run.number),
    details: { run: run.id, epoch },
  };
  return [{ scope: request.scope, event }];
}

export type LeaseAnswer = "go-on" | "stopped" | "lost" | "late";

/**
 * Extends the leases of runs with one statement and answers for each. `stopped`: since the run was taken, an operator
 * paused the run, the tenant or the fleet, disconnected the tenant, changed its mode or replaced its token (no
 * request may use an old token, invariant I11). `lost`: another worker has the run. `late`: the row is locked at this
 * moment, so the lease was not extended; a locked row must not delay the others.
 */
export async function extendLeases(runs: readonly TakenRun[]): Promise<Map<string, LeaseAnswer>> {
  const rows = await runTransaction(
    runs,
    (tx) => tx.$queryRaw<{ id: string; answer: LeaseAnswer }[]>`
    WITH asked AS (
      SELECT * FROM unnest(${runs.map(({ id }) => id)}::uuid[], ${runs.map(({ epoch }) => epoch)}::int[]) AS a(id, epoch)),
    mine AS (
      SELECT r.id FROM asked a JOIN run r ON r.id = a.id AND r.epoch = a.epoch AND r.state IN ${LEASED_RUN}
         FOR NO KEY UPDATE OF r SKIP LOCKED),
    extended AS (
      UPDATE run SET lease_until = now() + ${LEASE_MS} * interval '1 ms' FROM mine WHERE run.id = mine.id RETURNING run.id)
    SELECT a.id, CASE
             WHEN r.id IS NULL THEN 'lost'
             WHEN e.id IS NULL THEN 'late'
             WHEN r.state = 'running' AND t.state = 'healthy' AND t.mode <> 'observe'
              AND NOT EXISTS (SELECT FROM fleet WHERE stopped_at IS NOT NULL)
              AND r.credential_version = (SELECT max(version) FROM credential c WHERE c.tenant_id = r.tenant_id AND c.destroyed_at IS NULL)
             THEN 'go-on' ELSE 'stopped' END AS answer
      FROM asked a
      LEFT JOIN run r ON r.id = a.id AND r.epoch = a.epoch AND r.state IN ${LEASED_RUN}
      LEFT JOIN tenant t ON t.id = r.tenant_id
      LEFT JOIN extended e ON e.id = a.id`,
  );
  return new Map(rows.map(({ id, answer }) => [id, answer]));
}
