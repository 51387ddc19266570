import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { UNFINISHED_RUN } from "@/lib/db/state-lists";
import { Prisma, transaction } from "@/lib/db/transaction";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { IntentKind } from "@/lib/changes/model/intent";
import { COUNTS_OF, type States, withCounts } from "@/lib/changes/runs-of-change";
import type { OperationCounts } from "@/lib/changes/model/states";

/** A run that a tenant works on or will, in the order of its turn. */
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

/** `total` counts all unfinished runs, of which `runs` are the first. */
export type Queue = { runs: QueuedRun[]; total: number; scheduled: ScheduledRun[] };

const RUNS_MAX = 100;

/**
 * What a tenant has to do: the one run that is being carried out, those that wait behind it in the order in which a
 * worker takes them, those an operator paused, and the changes that are to come at an hour.
 * Empty for a tenant that is not the scope's.
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
