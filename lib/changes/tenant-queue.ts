import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { UNFINISHED_RUN } from "@/lib/db/state-lists";
import { Prisma, transaction } from "@/lib/db/transaction";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { IntentKind } from "@/lib/changes/model/intent";
import { COUNTS_OF, type States, withCounts } from "@/lib/changes/runs-of-change";
import type { OperationCounts } from "@/lib/changes/model/states";

/** A current or future run of a tenant, in queue order. */
export type QueuedRun = {
  runId: string;
  changeId: string;
  number: number;
  title: string;
  kind: IntentKind;
  state: "running" | "queued" | "paused";
  reason: CatalogueCode | null;
  requestedBy: string;
  requestedAt: Date;
  queuedAt: Date | null;
  startedAt: Date | null;
  nextAt: Date;
  counts: OperationCounts;
};

export type ScheduledRun = Pick<QueuedRun, "changeId" | "number" | "title" | "kind" | "requestedBy"> & {
  scheduledAt: Date;
  zone: string;
};

/** `runs` are the first of `total` unfinished runs. */
export type Queue = { runs: QueuedRun[]; total: number; scheduled: ScheduledRun[] };

const RUNS_MAX = 100;

/**
 * Reads a tenant's queue: the running run, those waiting in the order a worker takes them, paused ones, and scheduled
 * changes. Empty for a tenant outside the scope.
 */
export async function getQueue(scope: Scope, input: { tenantId: string }): Promise<Queue> {
  authorize(scope, "change.read");
  const { tenantId } = input;
  return transaction(scope, async (tx) => {
    const runs = await tx.$queryRaw<(Omit<QueuedRun, "counts"> & { states: States; total: number })[]>`
      SELECT r.id AS "runId", c.id AS "changeId", c.number, c.title, c.kind, r.state, r.reason, p.name AS "requestedBy",
             c.requested_at AS "requestedAt", r.queued_at AS "queuedAt", r.started_at AS "startedAt", r.next_at AS "nextAt",
             (count(*) OVER ())::int AS total,
             ${COUNTS_OF(Prisma.sql`r.id`)}
        FROM run r JOIN change c ON c.id = r.change_id JOIN operator p ON p.id = c.requested_by
       WHERE r.tenant_id = ${tenantId}::uuid AND r.state IN ${UNFINISHED_RUN}
       ORDER BY array_position(ARRAY['running', 'queued', 'paused'], r.state), r.queued_at, r.id LIMIT ${RUNS_MAX}`;
    const scheduled = await tx.$queryRaw<ScheduledRun[]>`
      SELECT c.id AS "changeId", c.number, c.title, c.kind, p.name AS "requestedBy", c.scheduled_at AS "scheduledAt", c.zone
        FROM run r JOIN change c ON c.id = r.change_id JOIN operator p ON p.id = c.requested_by
       WHERE r.tenant_id = ${tenantId}::uuid AND c.state = 'scheduled'
         AND c.scheduled_at IS NOT NULL AND c.zone IS NOT NULL ORDER BY c.scheduled_at LIMIT ${RUNS_MAX}`;
    return {
      runs: runs.map(withCounts).map(({ total: _total, ...run }) => run),
      total: runs[0]?.total ?? 0,
      scheduled,
    };
  });
}
