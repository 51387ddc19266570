import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { appendScopedEvents, type ScopedEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import { groupCommit } from "@/lib/db/group-commit";
import { BLOCKING, LEASED_RUN, OPEN } from "@/lib/db/state-lists";
import type { SqlTransaction } from "@/lib/db/sql-transaction";
import { Prisma } from "@/lib/db/transaction";
import { runTransaction } from "@/lib/engine/run/run-transaction";
import { finishChange } from "@/lib/engine/run/finish-change";
import { CANCELLED, countStates, endOfRun, type OperationCounts } from "@/lib/changes/model/states";
import { storeHealth } from "@/lib/engine/health/store-health";
import { LeaseLostError, type TakenRun } from "@/lib/engine/run/taken-run";
import { findRecovering, recordHealth } from "@/lib/engine/health/record-health";
import type { HealthChange } from "@/lib/engine/health/circuit-breaker";
import { formatChangeNumber } from "@/lib/change-number";

type EndRequest = { scope: Scope; run: TakenRun; verdict: HealthChange };

/**
 * Ends a drive. The run is finished when none of its operations is open, else queued again for the time its next
 * operation or its tenant is due. A run that an operator paused stays paused. The tenant's health is written in the
 * same transaction. Drives that end at about the same time are ended together.
 * @returns whether the run has ended, so that the tenant's next one may begin.
 * @throws LeaseLostError
 */
export async function endDrive(scope: Scope, run: TakenRun, verdict: HealthChange): Promise<boolean> {
  requireSystem(scope);
  const end = await endInGroup({ scope, run, verdict });
  if (end === "lost") throw new LeaseLostError();
  return end === "finished";
}

const endInGroup = groupCommit(endBlock, { blockMax: 50 });

function endBlock(requests: readonly EndRequest[]): Promise<("finished" | "queued" | "lost")[]> {
  return runTransaction(
    requests.map(({ run }) => run),
    async (tx) => {
      const held = await lockRuns(tx, requests);
      const mine = requests.filter(({ run }) => held.has(run.id));
      await recordHealthOfRuns(tx, mine);
      await cancelLeft(tx, mine);
      const open = await findOpen(tx, mine);
      await requeueRuns(
        tx,
        mine.filter(({ run }) => open.has(run.id)),
      );
      await finishRuns(
        tx,
        mine.filter(({ run }) => !open.has(run.id)),
      );
      return requests.map(({ run }) =>
        !held.has(run.id) ? "lost" : open.has(run.id) ? "queued" : "finished",
      );
    },
  );
}

/**
 * Cancels operations that the drive released or meant to retry after an operator cancelled the run: they were not
 * sent.
 */
async function cancelLeft(tx: SqlTransaction, requests: readonly EndRequest[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE operation o SET state = 'cancelled', reason = ${CANCELLED} FROM run r
     WHERE r.id = ANY (${requests.map(({ run }) => run.id)}::uuid[]) AND r.reason = ${CANCELLED}
       AND o.run_id = r.id AND o.state = 'queued'`;
}

/** Most drives succeed in a healthy tenant and have nothing to write. */
async function recordHealthOfRuns(tx: SqlTransaction, requests: readonly EndRequest[]): Promise<void> {
  await storeHealth(tx, requests);
  const well = requests.filter(({ verdict }) => verdict.kind === "well").map(({ run }) => run.tenantId);
  const recovering = await findRecovering(tx, well);
  for (const { scope, run, verdict } of requests) {
    if (verdict.kind !== "well" || recovering.has(run.tenantId)) await recordHealth(tx, scope, run, verdict);
  }
}

/** Held operations may be approved at this moment: the second to lock the run counts them. */
async function lockRuns(tx: SqlTransaction, requests: readonly EndRequest[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM unnest(${requests.map(({ run }) => run.id)}::uuid[], ${requests.map(({ run }) => run.epoch)}::int[]) AS a(id, epoch)
      JOIN run r ON r.id = a.id AND r.epoch = a.epoch AND r.state IN ${LEASED_RUN}
     ORDER BY r.id FOR NO KEY UPDATE OF r`;
  return new Set(rows.map(({ id }) => id));
}

/** Looks for one open operation and counts none: a run of 200,000 is queued again many times before it ends. */
async function findOpen(tx: SqlTransaction, requests: readonly EndRequest[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM unnest(${requests.map(({ run }) => run.id)}::uuid[]) AS a(id)
     CROSS JOIN LATERAL (SELECT FROM operation o WHERE o.run_id = a.id AND o.state IN ${OPEN} LIMIT 1) o`;
  return new Set(rows.map(({ id }) => id));
}

async function finishRuns(tx: SqlTransaction, requests: readonly EndRequest[]): Promise<void> {
  if (requests.length === 0) return;
  const counts = await countRuns(tx, requests);
  const ends = requests.map((request) => {
    const counted = counts.get(request.run.id) ?? countStates([]);
    return { ...request, counted, end: endOfRun(counted) ?? "done" };
  });
  const finished = await tx.$queryRaw<{ id: string; number: number }[]>`
    UPDATE run SET state = a.ending, finished_at = now(), lease_until = NULL
      FROM unnest(${ends.map(({ run }) => run.id)}::uuid[], ${ends.map(({ end }) => end)}::text[]) AS a(id, ending), change
     WHERE run.id = a.id AND change.id = run.change_id
    RETURNING run.id, change.number`;
  const numbers = new Map(finished.map(({ id, number }) => [id, number]));
  await appendScopedEvents(
    tx,
    ends.map(({ scope, run, end, counted }): ScopedEvent => {
      const { tenantId, changeId } = run;
      const target = formatChangeNumber(numbers.get(run.id) ?? 0);
      const details = { run: run.id, ...toDetails(counted) };
      return { scope, event: { action: "run.finished", tenantId, changeId, target, result: end, details } };
    }),
  );
  const byChange = new Map(requests.map((request) => [request.run.changeId, request]));
  // Sorted, so that two workers ending runs of the same changes cannot deadlock.
  for (const [, { scope, run }] of [...byChange].sort()) await finishChange(tx, scope, run);
}

/**
 * Queues runs again for the time when their first operation may be claimed. An operation that waits for another does
 * not count, because it is due from the start. The time is at least one second away: operations that are due and
 * unclaimed are held by a frozen worker, and a run woken for them would be taken and released without pause. Search
 * for a due operation first: the minimum over all open ones would scan much of a large run.
 */
async function requeueRuns(tx: SqlTransaction, requests: readonly EndRequest[]): Promise<void> {
  if (requests.length === 0) return;
  const reasons = requests.map(({ verdict }) => (verdict.kind === "well" ? null : verdict.reason));
  await tx.$executeRaw`
    UPDATE run SET state = CASE WHEN run.state = 'paused' THEN run.state ELSE 'queued' END, lease_until = NULL,
           reason = CASE WHEN run.reason = ${CANCELLED} THEN run.reason ELSE a.reason END, next_at = CASE
             WHEN EXISTS (SELECT FROM operation o WHERE o.run_id = run.id AND o.state IN ${OPEN}
                             AND o.next_at <= now() AND ${noneOpenBefore}) THEN now() + interval '1 second'
             ELSE coalesce((
               SELECT greatest(min(o.next_at), now() + interval '1 second') FROM operation o
                WHERE o.run_id = run.id AND o.state IN ${OPEN} AND ${noneOpenBefore}
               HAVING count(*) > 0), now() + interval '1 minute') END
      FROM unnest(${requests.map(({ run }) => run.id)}::uuid[], ${reasons}::text[]) AS a(id, reason)
     WHERE run.id = a.id`;
}

const noneOpenBefore = Prisma.sql`NOT EXISTS (
  SELECT FROM operation d WHERE d.id = ANY (o.depends_on) AND d.state IN ${BLOCKING})`;

async function countRuns(
  tx: SqlTransaction,
  requests: readonly EndRequest[],
): Promise<Map<string, OperationCounts>> {
  const rows = await tx.$queryRaw<{ runId: string; state: string; count: number }[]>`
    SELECT run_id AS "runId", state, count(*)::int AS count FROM operation
     WHERE run_id = ANY (${requests.map(({ run }) => run.id)}::uuid[]) GROUP BY run_id, state`;
  const byRun = Map.groupBy(rows, ({ runId }) => runId);
  return new Map([...byRun].map(([runId, states]) => [runId, countStates(states)]));
}

function toDetails(counts: OperationCounts): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
