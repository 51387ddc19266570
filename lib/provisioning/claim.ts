import "server-only";
import { Prisma, type Transaction } from "@/lib/db/transaction";
import type { StoredIntent } from "@/lib/provisioning/stored-intent";
import type { TakenRun } from "@/lib/provisioning/run-lease";
import type { OperationKind } from "@/lib/provisioning/plan-types";

export type ClaimedOperation = {
  id: string;
  changeId: string;
  tenantId: string;
  kind: OperationKind;
  target: string;
  label: string;
  resourceKey: string;
  resourceId: string | null;
  intent: StoredIntent;
  attempt: number;
  /** An earlier send may have taken effect: read before sending again. */
  unsettled: boolean;
  dependsOn: string[];
};

/**
 * Takes a block of due operations, in order, and marks them sent. The transaction that this runs in commits before
 * any byte leaves, so a crash at any later line leaves a row that says "this may have been sent" (invariant I1).
 *
 * An operation is due when it is queued or unknown and its time has come, or when it is still marked sent by an
 * older epoch: then its worker died or was stopped, and nobody knows. Nothing is due whose dependency is open.
 * A run that was taken over meanwhile has a higher epoch, and this takes nothing.
 */
export async function claimOperations(
  tx: Transaction,
  run: TakenRun,
  limit: number,
): Promise<ClaimedOperation[]> {
  const rows = await tx.$queryRaw<ClaimedOperation[]>(Prisma.sql`
    WITH due AS (
      SELECT o.id, o.state <> 'queued' AS unsettled
        FROM operation o
       WHERE o.run_id = ${run.id}::uuid
         AND ((o.state IN ('queued', 'unknown') AND o.next_at <= now()) OR (o.state = 'sent' AND o.epoch < ${run.epoch}))
         AND NOT EXISTS (
           SELECT FROM operation d WHERE d.id = ANY (o.depends_on) AND d.state IN ('queued', 'sent', 'unknown', 'held'))
         AND EXISTS (SELECT FROM run r WHERE r.id = ${run.id}::uuid AND r.epoch = ${run.epoch} AND r.state = 'running')
       ORDER BY o.seq
       LIMIT ${limit}
         FOR UPDATE OF o SKIP LOCKED
    )
    UPDATE operation o
       SET state = 'sent', attempt = o.attempt + 1, epoch = ${run.epoch}, sent_at = coalesce(o.sent_at, now())
      FROM due
     WHERE o.id = due.id
    RETURNING o.id, o.change_id AS "changeId", o.tenant_id AS "tenantId", o.kind, o.target, o.label,
              o.resource_key AS "resourceKey", o.resource_id AS "resourceId", o.intent, o.attempt,
              due.unsettled, o.depends_on AS "dependsOn", o.seq`);
  // UPDATE … RETURNING gives rows in no order; the plan's order respects references.
  return rows.sort((a, b) => seqOf(a) - seqOf(b));
}

function seqOf(row: object): number {
  return "seq" in row ? Number(row.seq) : 0;
}

/** Gives claimed operations back that were never sent, because the run is stopping. */
export async function releaseUnsent(
  tx: Transaction,
  run: TakenRun,
  operations: readonly ClaimedOperation[],
): Promise<void> {
  for (const unsettled of [true, false]) {
    const ids = operations.filter((operation) => operation.unsettled === unsettled).map(({ id }) => id);
    if (ids.length === 0) continue;
    await tx.$executeRaw`
      UPDATE operation SET state = ${unsettled ? "unknown" : "queued"}, attempt = attempt - 1
       WHERE id = ANY (${ids}::uuid[]) AND epoch = ${run.epoch} AND state = 'sent'
         AND EXISTS (SELECT FROM run WHERE id = ${run.id}::uuid AND epoch = ${run.epoch})`;
  }
}
