import "server-only";
import { groupCommit } from "@/lib/db/group-commit";
import { BLOCKING, OPEN } from "@/lib/db/state-lists";
import type { SqlTransaction } from "@/lib/db/sql-transaction";
import { runTransaction } from "@/lib/engine/run/run-transaction";
import type { KnownOperation } from "@/lib/engine/run/dependencies";
import { CANCELLED } from "@/lib/changes/model/states";
import type { TakenRun } from "@/lib/engine/run/taken-run";
import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";

export type Claimed = {
  /** In the plan's order. */
  operations: ClaimedOperation[];
  /** The state of the operations that they depend on. */
  known: KnownOperation[];
  /** No other operation of the run is left to claim, now or later. */
  isLast: boolean;
};

type ClaimRequest = { run: TakenRun; limit: number };

/**
 * Claims a block of due operations in order and marks them sent. One statement serves all runs of this worker that
 * ask at about the same time. The transaction has committed when this returns, before any byte leaves. A crash at any
 * later line therefore leaves a row that says "this may have been sent" (invariant I1).
 *
 * An operation is due when it is queued or unknown and its time has come. It is also due when an older epoch left it
 * marked sent: its worker died or was stopped, and the outcome is open. An operation with an open dependency is not
 * due, and none is while the fleet is stopped. In a cancelled run, only operations that may have been sent are due. A
 * run that another worker took has a higher epoch, and a paused run is not running: neither gives any operations.
 */
export function claimOperations(run: TakenRun, limit: number): Promise<Claimed> {
  return claimInGroup({ run, limit });
}

const claimInGroup = groupCommit(claimBlock, { blockMax: 100, apartMs: 10 });

function claimBlock(requests: readonly ClaimRequest[]): Promise<Claimed[]> {
  return runTransaction(
    requests.map(({ run }) => run),
    async (tx) => {
      const byRun = Map.groupBy(await claimDue(tx, requests), ({ runId }) => runId);
      const claimed = requests.map(({ run }) => byRun.get(run.id) ?? []);
      const known = await findKnown(tx, claimed.flat());
      const short = requests.filter(({ limit }, place) => (claimed[place]?.length ?? 0) < limit);
      const waiting = await findWaiting(tx, short);
      return requests.map(({ run, limit }, place) => {
        const operations = claimed[place] ?? [];
        return {
          operations,
          known: operations.flatMap(({ dependsOn }) => dependsOn.flatMap((id) => known.get(id) ?? [])),
          isLast: operations.length < limit && !waiting.has(run.id),
        };
      });
    },
  );
}

type ClaimedRow = ClaimedOperation & { runId: string; seq: number };

async function claimDue(tx: SqlTransaction, requests: readonly ClaimRequest[]): Promise<ClaimedRow[]> {
  const rows = await tx.$queryRaw<ClaimedRow[]>`
    WITH due AS (
      SELECT d.id, d.unsettled, d."openMs", a.epoch
        FROM unnest(${requests.map(({ run }) => run.id)}::uuid[], ${requests.map(({ run }) => run.epoch)}::int[],
                    ${requests.map(({ limit }) => limit)}::int[]) AS a(run_id, epoch, most)
        JOIN run r ON r.id = a.run_id AND r.epoch = a.epoch AND r.state = 'running'
       CROSS JOIN LATERAL (
         SELECT o.id, o.state <> 'queued' AS unsettled,
                coalesce(extract(epoch FROM now() - o.sent_at)::float * 1000, 0) AS "openMs"
           FROM operation o
          WHERE o.run_id = a.run_id AND o.state IN ${OPEN}
            AND CASE WHEN o.state = 'sent' THEN o.epoch < a.epoch ELSE o.next_at <= now() END
            AND (o.state <> 'queued' OR r.reason IS DISTINCT FROM ${CANCELLED})
            AND NOT EXISTS (
              SELECT FROM operation d WHERE d.id = ANY (o.depends_on) AND d.state IN ${BLOCKING})
          ORDER BY o.seq
          LIMIT a.most
            FOR UPDATE OF o SKIP LOCKED) d
       WHERE NOT EXISTS (SELECT FROM fleet WHERE stopped_at IS NOT NULL)
    )
    UPDATE operation o
       SET state = 'sent', attempt = o.attempt + 1, epoch = due.epoch, sent_at = coalesce(o.sent_at, now())
      FROM due
     WHERE o.id = due.id
    RETURNING o.id, o.run_id AS "runId", o.change_id AS "changeId", o.tenant_id AS "tenantId", o.kind, o.target, o.label,
              o.resource_key AS "resourceKey", o.resource_id AS "resourceId", o.intent, o.attempt,
              due."openMs", due.unsettled, o.depends_on AS "dependsOn", o.seq`;
  // UPDATE … RETURNING gives rows in no order; the plan's order respects references.
  return rows.sort((a, b) => a.seq - b.seq);
}

async function findKnown(
  tx: SqlTransaction,
  operations: readonly ClaimedOperation[],
): Promise<Map<string, KnownOperation>> {
  const ids = [...new Set(operations.flatMap(({ dependsOn }) => dependsOn))];
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<KnownOperation[]>`
    SELECT id, state, resource_id AS "resourceId" FROM operation WHERE id = ANY (${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Runs with operations left that are not due yet: they wait for a time or for another operation. */
async function findWaiting(tx: SqlTransaction, requests: readonly ClaimRequest[]): Promise<Set<string>> {
  if (requests.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM unnest(${requests.map(({ run }) => run.id)}::uuid[], ${requests.map(({ run }) => run.epoch)}::int[]) AS a(id, epoch)
     CROSS JOIN LATERAL (
       SELECT FROM operation o WHERE o.run_id = a.id AND o.state IN ${OPEN}
          AND (o.state <> 'sent' OR o.epoch <> a.epoch) LIMIT 1) o`;
  return new Set(rows.map(({ id }) => id));
}

type Unsent = { run: TakenRun; operations: readonly ClaimedOperation[] };

/** Returns claimed operations that were never sent, because the run is stopping. */
export function releaseUnsent(run: TakenRun, operations: readonly ClaimedOperation[]): Promise<void> {
  return releaseInGroup({ run, operations });
}

const releaseInGroup = groupCommit(releaseBlock, { blockMax: 200 });

async function releaseBlock(requests: readonly Unsent[]): Promise<void[]> {
  const rows = requests.flatMap(({ run: { id, epoch }, operations }) =>
    operations.map((operation) => ({
      id: operation.id,
      runId: id,
      epoch,
      from: "sent",
      to: operation.unsettled ? "unknown" : "queued",
    })),
  );
  await runTransaction(
    requests.map(({ run }) => run),
    (tx) => tx.$executeRaw`
      UPDATE operation o SET state = r."to", attempt = o.attempt - 1
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, "runId" uuid, epoch int, "from" text, "to" text)
       WHERE o.id = r.id AND o.run_id = r."runId" AND o.epoch = r.epoch AND o.state = r."from"
         AND EXISTS (SELECT FROM run WHERE run.id = r."runId" AND run.epoch = r.epoch)`,
  );
  return requests.map(() => undefined);
}
