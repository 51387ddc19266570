import "server-only";
import { Prisma, type Transaction } from "@/lib/db/transaction";
import { listLineSums, toTotals } from "@/lib/changes/line-sums";
import type { PlanWarning } from "@/lib/changes/model/plan-types";
import { countStates } from "@/lib/changes/model/states";
import type { OperationRow, RunDetail } from "@/lib/changes/types";

/** Lines that a page shows in total over all tenants; the rest is only counted. */
const LINES_MAX = 500;
const LINES_TOTAL_MAX = 5_000;
/** Each tenant shows at least this many lines. */
const LINES_MIN = 10;

export type States = { state: string; count: number }[];

/** Counts the operations of some runs by state. */
export const COUNTS_OF = (runs: Prisma.Sql) => Prisma.sql`
  coalesce((SELECT jsonb_agg(c) FROM (SELECT n.state, sum(n.delta)::int AS count FROM operation_tally n
             WHERE n.run_id IN (${runs}) GROUP BY n.state) c), '[]') AS states`;

export function withCounts<Row extends { states: States }>({ states, ...row }: Row) {
  return { ...row, counts: countStates(states) };
}

type RunRow = Omit<RunDetail, "counts" | "lines" | "risks" | "operations" | "warnings">;

/**
 * Lists a change's runs in the tenants that the transaction reaches, with their first lines and the counts of all.
 */
export async function listRunsOfChange(
  tx: Transaction,
  changeId: string,
  warnings: readonly PlanWarning[],
): Promise<RunDetail[]> {
  const runs = await tx.$queryRaw<RunRow[]>`
    SELECT r.id, r.tenant_id AS "tenantId", t.name AS "tenantName", t.mode AS "tenantMode", t.state AS "tenantState",
           t.test_mode AS "testMode", r.state, r.reason, r.next_at AS "nextAt", r.started_at AS "startedAt",
           r.finished_at AS "finishedAt", d.finished_at AS "readAt"
      FROM run r JOIN tenant t ON t.id = r.tenant_id LEFT JOIN directory_read d ON d.id = r.read_id
     WHERE r.change_id = ${changeId}::uuid ORDER BY lower(t.name)`;
  const sums = await listLineSums(
    tx,
    runs.map(({ id }) => id),
  );
  const counted = runs.map((run) => ({ ...run, ...toTotals(sums.get(run.id) ?? []) }));
  const operations = await listLines(tx, counted, linesOfEach(runs.length));
  return counted.map((run) => ({
    ...run,
    warnings: warnings.filter(({ tenantId }) => tenantId === run.tenantId),
    operations: operations.get(run.id) ?? [],
  }));
}

function linesOfEach(runs: number): number {
  return Math.max(LINES_MIN, Math.min(LINES_MAX, Math.floor(LINES_TOTAL_MAX / Math.max(1, runs))));
}

/**
 * Held and failed lines are searched in the whole run through their own index, because in a failed run they may come
 * after the first page. The rest of the page is filled in plan order.
 */
async function listLines(
  tx: Transaction,
  runs: readonly Pick<RunDetail, "id" | "counts">[],
  limit: number,
): Promise<Map<string, OperationRow[]>> {
  const ids = runs.map(({ id }) => id);
  const others = runs.map(({ counts }) => Math.max(0, limit - counts.held - counts.failed));
  const rows = await tx.$queryRaw<(OperationRow & { runId: string })[]>`
    SELECT o.id, o.run_id AS "runId", o.tenant_id AS "tenantId", o.kind, o.state, o.target, o.label, o.resource_id AS "resourceId",
           o.retry_of AS "retryOf", o.diff, o.why, o.risks, o.reason, o.detail, o.attempt, o.http_status AS "httpStatus",
           o.next_at AS "nextAt", o.sent_at AS "sentAt", o.accepted_at AS "acceptedAt", o.confirmed_at AS "confirmedAt",
           o.confirm_at AS "confirmAt"
      FROM unnest(${ids}::uuid[], ${others}::int[]) AS r(id, others) CROSS JOIN LATERAL (
           SELECT shown.id FROM (
             (SELECT id, 0 AS rank, seq FROM operation WHERE run_id = r.id AND state = 'held' ORDER BY seq LIMIT ${limit})
             UNION ALL
             (SELECT id, 1, seq FROM operation WHERE run_id = r.id AND state = 'failed' ORDER BY seq LIMIT ${limit})
             UNION ALL
             (SELECT id, 2, seq FROM operation WHERE run_id = r.id AND state NOT IN ('held', 'failed') ORDER BY seq LIMIT r.others)
             ) shown ORDER BY shown.rank, shown.seq LIMIT ${limit}) first
      JOIN operation o ON o.id = first.id
     ORDER BY o.run_id, o.state <> 'held', o.seq`;
  const byRun = new Map<string, OperationRow[]>();
  for (const { runId, ...operation } of rows) {
    const lines = byRun.get(runId) ?? [];
    lines.push(operation);
    byRun.set(runId, lines);
  }
  return byRun;
}
