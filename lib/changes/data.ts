import "server-only";
import { readEventsOfChange } from "@/lib/audit/events-of-change";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { like } from "@/lib/db/like";
import { OPEN, OPEN_CHANGE, UNSENT } from "@/lib/db/state-lists";
import { Prisma, type Transaction, transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import { CHANGE_ROWS, MAY_NEED, type StoredRow, toChangeRow } from "@/lib/changes/change-rows";
import { COUNTS_OF, listRunsOfChange, type States, withCounts } from "@/lib/changes/runs-of-change";
import { UNREPAIRED } from "@/lib/changes/model/unrepaired";
import type { PlanWarning } from "@/lib/changes/model/plan-types";
import { countStates, standingOf } from "@/lib/changes/model/states";
import { readAuthorship } from "@/lib/changes/approval/authors";
import { readApprovals } from "@/lib/changes/approval/read-approvals";
import { noAuthorship } from "@/lib/changes/model/authorship";
import { findWorkerAbsence, type WorkerAbsence } from "@/lib/operators/worker-presence";
import { findTask } from "@/lib/changes/model/change-task";
import type { AttemptRow, ChangeDetail, ChangeRow, RunRow } from "@/lib/changes/types";

const CHANGES_PAGE = 50;

/** More plans than anybody reviews in the day that they are valid. */
const IN_NEED_MAX = 500;

const DECISIONS = ["change.held_approved", "change.held_rejected"] as const;

/** Lines of a plan whose people are looked for in other open changes. */
const RIVAL_LINES = 200;

const LINKED = Prisma.sql`jsonb_build_object('id', l.id, 'number', l.number, 'kind', l.kind, 'title', l.title, 'state', l.state)`;

type ChangeFilter = { text?: string; before?: number };

/** Lists changes that touch a tenant of the scope, newest first; counts cover the scope's tenants only. */
export async function listChanges(
  scope: Scope,
  filter: ChangeFilter,
): Promise<{ rows: ChangeRow[]; next: number | null }> {
  authorize(scope, "change.read");
  const conditions = [
    filter.before ? Prisma.sql`c.number < ${filter.before}` : null,
    filter.text
      ? Prisma.sql`(c.title ILIKE ${like(filter.text)} OR c.ticket ILIKE ${like(filter.text)} OR 'CHG-' || c.number = upper(${filter.text}))`
      : null,
  ].filter((condition) => condition !== null);
  const where = conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")}` : Prisma.empty;
  const rows = await transaction(
    scope,
    (tx) =>
      tx.$queryRaw<StoredRow[]>`${CHANGE_ROWS} ${where} ORDER BY c.number DESC LIMIT ${CHANGES_PAGE + 1}`,
  );
  const page = rows.slice(0, CHANGES_PAGE).map(toChangeRow);
  return { rows: page, next: rows.length > CHANGES_PAGE ? (page.at(-1)?.number ?? null) : null };
}

/** Lists changes that wait for a person or may, whatever their number, newest first. */
export async function listChangesInNeed(scope: Scope): Promise<ChangeRow[]> {
  authorize(scope, "change.read");
  const rows = await transaction(
    scope,
    (tx) =>
      tx.$queryRaw<StoredRow[]>`${CHANGE_ROWS} WHERE ${MAY_NEED} ORDER BY c.number DESC LIMIT ${IN_NEED_MAX}`,
  );
  return rows.map(toChangeRow);
}

/** Finds the id of a change by its number; null where there is none, or the scope reaches none of its tenants. */
export async function findChangeId(scope: Scope, input: { number: number }): Promise<string | null> {
  authorize(scope, "change.read");
  const { number } = input;
  const change = await transaction(scope, (tx) =>
    tx.change.findFirst({ where: { number }, select: { id: true } }),
  );
  return change?.id ?? null;
}

/** @throws AppError not-found, also when the scope reaches none of its tenants. */
export async function getChange(scope: Scope, input: { changeId: string }): Promise<ChangeDetail> {
  authorize(scope, "change.read");
  return transaction(scope, async (tx) => {
    const [change] = await tx.$queryRaw<
      (Omit<
        ChangeDetail,
        | "counts"
        | "standing"
        | "runs"
        | "tenants"
        | "parentNumber"
        | "task"
        | "authorship"
        | "approvals"
        | "decisions"
        | "rivals"
      > & { warnings: PlanWarning[]; tenantIds: string[] })[]
    >`
      SELECT c.id, c.number, c.kind, c.title, c.state, c.reason, c.ticket, c.plan_hash AS "planHash", c.expires_at AS "expiresAt",
             c.requested_at AS "requestedAt", c.applied_at AS "appliedAt", c.finished_at AS "finishedAt",
             c.scheduled_at AS "scheduledAt", c.zone, c.paused_at AS "pausedAt", c.warnings, ${UNREPAIRED} AS unrepaired,
             (SELECT jsonb_build_object('by', s.name, 'reason', c.steer_reason) FROM operator s
               WHERE s.id = c.steered_by AND (c.state = 'applying' OR c.paused_at IS NULL)) AS steered,
             (SELECT ${LINKED} FROM change l WHERE l.id = c.parent_id) AS parent,
             coalesce((SELECT jsonb_agg(${LINKED} ORDER BY l.number) FROM change l WHERE l.parent_id = c.id), '[]') AS children,
             c.tenant_ids AS "tenantIds", c.requested_by AS "requestedById", p.name AS "requestedBy"
        FROM change c JOIN operator p ON p.id = c.requested_by WHERE c.id = ${input.changeId}::uuid`;
    if (!change) throw notFound("change");
    const { warnings, tenantIds, ...row } = change;
    const runs = await listRunsOfChange(tx, row.id, warnings);
    const counts = countStates(runs.flatMap(({ lines }) => lines));
    const task = await findTask(tx, row.id);
    const decisions = await readEventsOfChange(tx, { changeId: row.id, actions: DECISIONS });
    const isPlan = row.state === "ready" || row.state === "scheduled";
    const rivals = isPlan ? await listRivals(tx, row.id) : [];
    const wasRefused = typeof task?.refusal === "string";
    const standing = standingOf(row.state, counts, row.pausedAt, wasRefused);
    return {
      ...row,
      task,
      decisions,
      rivals,
      counts,
      parentNumber: row.parent?.number ?? null,
      tenants: runs.length,
      standing,
      runs,
      approvals: await readApprovals(tx, row.id),
      authorship:
        counts.held > 0 && scope.actor.kind === "operator"
          ? await readAuthorship(tx, scope.actor.id, { ...row, tenantIds })
          : noAuthorship,
    };
  });
}

/**
 * Lists other open changes that would write to the same people or groups, found by the first lines of a plan: enough
 * for the plans that people make by hand.
 */
function listRivals(tx: Transaction, changeId: string): Promise<ChangeDetail["rivals"]> {
  return tx.$queryRaw<ChangeDetail["rivals"]>`
    WITH mine AS MATERIALIZED (
      SELECT tenant_id, resource_key FROM operation WHERE change_id = ${changeId}::uuid AND state IN ${UNSENT} LIMIT ${RIVAL_LINES})
    SELECT c.id, c.number, c.kind, c.title, c.state FROM change c
     WHERE c.state IN ${OPEN_CHANGE} AND c.id IN (
       SELECT o.change_id FROM mine JOIN operation o ON o.tenant_id = mine.tenant_id AND o.resource_key = mine.resource_key
        WHERE o.change_id <> ${changeId}::uuid AND (o.state IN ${UNSENT} OR o.state IN ${OPEN}))
     ORDER BY c.number LIMIT 10`;
}

/**
 * Lists the exchanges of one operation, oldest first. Empty when there were none, or the operation is outside the
 * scope.
 */
export async function listAttempts(scope: Scope, input: { operationId: string }): Promise<AttemptRow[]> {
  authorize(scope, "change.read");
  const rows = await transaction(scope, (tx) =>
    tx.attempt.findMany({ where: { operationId: input.operationId }, orderBy: { id: "asc" }, take: 50 }),
  );
  return rows.map(({ id, operationId: _operation, tenantId: _tenant, ...row }) => ({
    ...row,
    id: String(id),
  }));
}

/** Lists a tenant's sync history, newest first, without plans that were never applied. */
export async function listRuns(scope: Scope, input: { tenantId: string; limit: number }): Promise<RunRow[]> {
  authorize(scope, "change.read");
  const rows = await transaction(
    scope,
    (tx) => tx.$queryRaw<(Omit<RunRow, "counts"> & { states: States })[]>`
    SELECT r.id, r.change_id AS "changeId", c.number, c.title, c.kind, r.state, r.reason, p.name AS "requestedBy",
           c.reason AS "changeReason", c.ticket, r.queued_at AS "queuedAt", r.started_at AS "startedAt", r.finished_at AS "finishedAt",
           ${COUNTS_OF(Prisma.sql`r.id`)}
      FROM run r JOIN change c ON c.id = r.change_id JOIN operator p ON p.id = c.requested_by
     WHERE r.tenant_id = ${input.tenantId}::uuid AND r.queued_at IS NOT NULL
     ORDER BY r.queued_at DESC LIMIT ${input.limit}`,
  );
  return rows.map(withCounts);
}

/** `waiting`: operations of the scope's tenants that a worker would send or settle. */
export type WaitingWork = WorkerAbsence & { waiting: number };

/** Reads whether every worker is gone, and what waits for one. @returns null while a worker is there */
export async function getWorkerAbsence(scope: Scope): Promise<WaitingWork | null> {
  authorize(scope, "change.read");
  return transaction(scope, async (tx) => {
    const absence = await findWorkerAbsence(tx);
    if (absence === null) return null;
    const [row] = await tx.$queryRaw<{ waiting: number }[]>`
      SELECT coalesce(sum(n.delta), 0)::int AS waiting FROM run r JOIN operation_tally n ON n.run_id = r.id
       WHERE r.state IN ('queued', 'running') AND n.state IN ${OPEN}`;
    return { ...absence, waiting: row?.waiting ?? 0 };
  });
}
