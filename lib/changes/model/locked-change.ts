import "server-only";
import { appendEvents } from "@/lib/audit/log/append";
import type { AuditAction, EventValues } from "@/lib/audit/log/events";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import type { Verb } from "@/lib/define-verb";
import { notFound, refuse } from "@/lib/errors";
import {
  type ChangeFacts,
  type ChangeStage,
  type FactsInput,
  stageOf,
  toChangeFacts,
} from "@/lib/changes/model/change-facts";
import { findTask, type TaskView } from "@/lib/changes/model/change-task";
import { type Intent, type IntentKind, intentSchema } from "@/lib/changes/model/intent";
import { type ChangeState, countStates } from "@/lib/changes/model/states";
import { formatChangeNumber } from "@/lib/change-number";
import { UNREPAIRED } from "@/lib/changes/model/unrepaired";

export type LockedChange = RecordedChange & {
  state: ChangeState;
  kind: IntentKind;
  intent: Intent;
  expiresAt: Date;
  appliedAt: Date | null;
  pausedAt: Date | null;
  requestedById: string;
  parentId: string | null;
  tenantIds: string[];
  task: TaskView | null;
};

/** A row of changeCan, whatever facts it needs besides the state. */
export type VerbInState = Pick<Verb<ChangeStage, { state: ChangeStage }>, "whyNotIn">;

/**
 * Reads the stage of a change without locking it.
 * @throws AppError not-found
 */
export async function readStage(
  tx: Transaction,
  changeId: string,
): Promise<{ stage: ChangeStage; tenantIds: string[] }> {
  const change = await tx.change.findFirst({ where: { id: changeId } });
  if (!change) throw notFound("change");
  const task = await findTask(tx, changeId);
  const stage = stageOf({ ...change, state: change.state as ChangeState, task });
  return { stage, tenantIds: change.tenantIds };
}

/**
 * Refuses what the change's stage does not allow, before the change is locked: a worker that plans or applies a large
 * change keeps it locked for as long as that takes, and nobody should wait for it only to be refused.
 * @returns the stage it was in; the caller checks again once it holds the lock.
 * @throws AppError not-found, or the words of the refusal
 */
export async function refuseBeforeLock(
  tx: Transaction,
  scope: Scope,
  changeId: string,
  verb: VerbInState,
): Promise<ChangeStage> {
  const { stage, tenantIds } = await readStage(tx, changeId);
  authorize(scope, "change.apply", tenantIds);
  refuse(verb.whyNotIn(stage));
  return stage;
}

/**
 * Locks the change. An operator who may see only some of its tenants may view it but not act on it. NO KEY: a worker that
 * stores its lines refers to its row, and a discard must not wait for that.
 */
export async function lockChange(tx: Transaction, scope: Scope, changeId: string): Promise<LockedChange> {
  await tx.$queryRaw`SELECT id FROM change WHERE id = ${changeId}::uuid FOR NO KEY UPDATE`;
  const change = await tx.change.findFirst({ where: { id: changeId } });
  if (!change) throw notFound("change");
  authorize(scope, "change.apply", change.tenantIds);
  const intent = intentSchema.parse(change.intent);
  const task = await findTask(tx, changeId);
  return { ...change, kind: intent.kind, state: change.state as ChangeState, intent, task };
}

/** What decides about a locked change, counted in the scope's tenants. */
export async function readChangeFacts(
  tx: Transaction,
  change: { id: string; kind: string; state: string } & Omit<
    FactsInput,
    "kind" | "state" | "runs" | "children" | "unrepaired"
  >,
): Promise<ChangeFacts> {
  const runs = await tx.$queryRaw<{ reason: string | null; states: { state: string; count: number }[] }[]>`
    SELECT r.reason, coalesce((SELECT jsonb_agg(c) FROM (SELECT n.state, sum(n.delta)::int AS count
             FROM operation_tally n WHERE n.run_id = r.id GROUP BY n.state) c), '[]') AS states
      FROM run r WHERE r.change_id = ${change.id}::uuid`;
  const children = await tx.change.findMany({
    where: { parentId: change.id },
    select: { kind: true, number: true, state: true },
    orderBy: { number: "asc" },
  });
  const [failures] = await tx.$queryRaw<{ unrepaired: number }[]>`
    SELECT ${UNREPAIRED} AS unrepaired FROM change c WHERE c.id = ${change.id}::uuid`;
  const counted = runs.map(({ reason, states }) => ({ reason, counts: countStates(states) }));
  return toChangeFacts(
    { ...change, runs: counted, children, unrepaired: failures?.unrepaired ?? 0 } as FactsInput,
    new Date(),
  );
}

/** The fields of a change that its events record. */
export type RecordedChange = {
  id: string;
  number: number;
  title: string;
  planHash: string;
  reason: string;
  ticket: string | null;
};

/** Records one event for each tenant, so that each tenant's log is complete on its own. */
export function recordChangeEvent(
  tx: Transaction,
  scope: Scope,
  change: RecordedChange,
  {
    action,
    tenantIds,
    details,
  }: { action: AuditAction; tenantIds: readonly string[]; details?: EventValues },
): Promise<void> {
  const { id, number, title, planHash, reason, ticket } = change;
  const shared = {
    action,
    changeId: id,
    target: formatChangeNumber(number),
    result: "ok",
    reason,
    ticket: ticket ?? undefined,
    details: { title, plan: planHash, ...details },
  };
  return appendEvents(
    tx,
    scope,
    tenantIds.map((tenantId) => ({ ...shared, tenantId })),
  );
}
