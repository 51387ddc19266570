import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { EarlierRequest } from "@/lib/auth/operator-reach";
import type { Scope } from "@/lib/auth/scope";
import { endIfFrozen } from "@/lib/db/end-if-frozen";
import { Prisma, transaction, type Transaction } from "@/lib/db/transaction";
import { TaskTakenError, TaskWithdrawnError } from "@/lib/changes/model/task-errors";
import type { TaskKind } from "@/lib/changes/model/change-task";

export type OpenTask = EarlierRequest & {
  changeId: string;
  tenantIds: string[];
  kind: TaskKind;
  planHash: string | null;
  reason: string | null;
};

/** Tasks listed at a time; the next list has the rest. */
const TASKS_MAX = 20;

const keyOf = (changeId: Prisma.Sql) => Prisma.sql`hashtextextended('change task ' || ${changeId}, 0)`;

/**
 * Lists tasks that no worker has claimed, oldest first. It reads the locks instead of trying them, so that it takes
 * nothing from a worker that claims at the same moment. pg_locks shows a bigint key in two halves (PostgreSQL's
 * documentation, chapter "pg_locks").
 */
export async function listWaitingTasks(scope: Scope): Promise<string[]> {
  requireSystem(scope);
  const rows = await transaction(
    scope,
    (tx) => tx.$queryRaw<{ id: string }[]>`
    SELECT k.change_id AS id FROM change_task k
     WHERE k.refusal IS NULL AND k.next_at <= now() AND NOT EXISTS (
           SELECT FROM pg_locks l
            WHERE l.locktype = 'advisory' AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (l.classid::bigint << 32 | l.objid::bigint) = ${keyOf(Prisma.sql`k.change_id`)})
     ORDER BY k.requested_at LIMIT ${TASKS_MAX}`,
  );
  return rows.map(({ id }) => id);
}

/** @returns null when it was done, refused or taken back. */
export async function findOpenTask(tx: Transaction, changeId: string): Promise<OpenTask | null> {
  const task = await tx.changeTask.findFirst({ where: { changeId, refusal: null } });
  return task && { ...task, kind: task.kind as TaskKind, operatorId: task.requestedById };
}

/**
 * Claims a task for as long as the transaction lasts. The claim ends with the connection: when a worker dies, another
 * one can claim the task at once.
 * @throws TaskTakenError
 */
export async function claimTask(tx: Transaction, changeId: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ isMine: boolean }[]>`
    SELECT coalesce(pg_try_advisory_xact_lock(${keyOf(Prisma.sql`${changeId}::uuid`)}), false) AS "isMine"`;
  if (!row?.isMine) throw new TaskTakenError();
  await endIfFrozen(tx);
}

/**
 * Counts the attempts of a task.
 * @returns how often it was begun, this time included.
 * @throws TaskWithdrawnError
 */
export async function beginTask(scope: Scope, changeId: string): Promise<number> {
  requireSystem(scope);
  const [row] = await transaction(
    scope,
    (tx) => tx.$queryRaw<{ attempts: number }[]>`
    UPDATE change_task SET attempts = attempts + 1, step = 'waiting', done = 0, total = 0
     WHERE change_id = (${lockFree(changeId)}) RETURNING attempts`,
  );
  if (!row) throw new TaskWithdrawnError();
  return row.attempts;
}

/**
 * Ends a task in the transaction of what it did.
 * @throws TaskWithdrawnError; then the transaction rolls back.
 */
export async function finishTask(tx: Transaction, changeId: string): Promise<void> {
  const count = await tx.$executeRaw`DELETE FROM change_task WHERE change_id = (${lockFree(changeId)})`;
  if (count === 0) throw new TaskWithdrawnError();
}

/**
 * Selects a task's row unless it is locked: whoever locks it is taking it back, and may wait for the change, which the
 * worker has locked. Waiting for them would be a deadlock.
 */
export function lockFree(changeId: string): Prisma.Sql {
  return Prisma.sql`SELECT change_id FROM change_task WHERE change_id = ${changeId}::uuid AND refusal IS NULL FOR UPDATE SKIP LOCKED`;
}
