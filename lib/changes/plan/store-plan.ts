import "server-only";
import { randomUUID } from "node:crypto";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import type { Intent } from "@/lib/changes/model/intent";
import { hashPlan } from "@/lib/changes/plan/plan-hash";
import type { Plan, PlannedRun, PlanWarning } from "@/lib/changes/model/plan-types";
import type { ChangeState } from "@/lib/changes/model/states";
import { toStoredIntent } from "@/lib/changes/model/stored-intent";
import { TaskWithdrawnError } from "@/lib/changes/model/task-errors";
import { unwatched, type Watch } from "@/lib/changes/model/watch";

/** A plan older than a day says little about today. */
const EXPIRES_HOURS = 24;

export type NewChange = {
  /** The change that waits for this plan; by default a new one. */
  changeId?: string;
  watch?: Watch;
  intent: Intent;
  title: string;
  reason: string;
  ticket: string | null;
  tenantIds: string[];
  /** The operator in whose name it is stored; by default the scope's. */
  requestedById?: string;
  parentId?: string | null;
  importId?: string | null;
  /** Warnings to show before it is applied. */
  warnings?: readonly PlanWarning[];
  /** Which reading of each tenant's directory the plan was made from. */
  readIds?: ReadonlyMap<string, string | null>;
};

/**
 * Stores a plan as a change with its runs and operations, all `planned`, `held` or refused.
 * @throws TaskWithdrawnError when the change that waits for it was discarded meanwhile
 */
export async function storePlan(
  tx: Transaction,
  scope: Scope,
  change: NewChange,
  plan: Plan,
): Promise<{ changeId: string; number: number; planHash: string }> {
  const requestedById = change.requestedById ?? (scope.actor.kind === "operator" ? scope.actor.id : null);
  if (requestedById === null) throw new Error("A change needs an operator as its requester");
  const planHash = hashPlan(plan);
  const made = { planHash, warnings: [...(change.warnings ?? [])] };
  const stored = { plan, readIds: change.readIds ?? new Map(), watch: change.watch ?? unwatched };
  if (change.changeId) {
    const { changeId } = change;
    await storeRuns(tx, { changeId, ...stored });
    return { changeId, number: await fillChange(tx, changeId, made), planHash };
  }
  const { id: changeId, number } = await createChange(tx, { ...change, ...made, requestedById });
  await storeRuns(tx, { changeId, ...stored });
  return { changeId, number, planHash };
}

type CreatedChange = NewChange & { requestedById: string; planHash: string; state?: ChangeState };

/** Stores a change's own row; its runs and operations come with its plan. */
export async function createChange(
  tx: Transaction,
  change: CreatedChange,
): Promise<{ id: string; number: number }> {
  return tx.change.create({
    data: {
      kind: change.intent.kind,
      title: change.title,
      state: change.state ?? "ready",
      reason: change.reason,
      ticket: change.ticket,
      intent: change.intent,
      tenantIds: change.tenantIds,
      requestedById: change.requestedById,
      parentId: change.parentId ?? null,
      importId: change.importId ?? null,
      warnings: [...(change.warnings ?? [])],
      planHash: change.planHash,
      expiresAt: toExpiry(),
    },
    select: { id: true, number: true },
  });
}

type MadePlan = { planHash: string; warnings: PlanWarning[] };

/**
 * Makes the waiting change ready. Call it last: it locks the change until the transaction ends, and whoever discards the
 * change would wait while its lines are stored.
 * @returns its number
 */
async function fillChange(
  tx: Transaction,
  changeId: string,
  { planHash, warnings }: MadePlan,
): Promise<number> {
  const [filled] = await tx.change.updateManyAndReturn({
    where: { id: changeId, state: "planning" },
    data: { state: "ready", planHash, warnings, expiresAt: toExpiry() },
    select: { number: true },
  });
  if (!filled) throw new TaskWithdrawnError();
  return filled.number;
}

function toExpiry(): Date {
  return new Date(Date.now() + EXPIRES_HOURS * 3_600_000);
}

/** Operations per statement; 5,000 make about 5 MB. */
const BLOCK = 5_000;

type StoredPlan = {
  changeId: string;
  plan: Plan;
  readIds: ReadonlyMap<string, string | null>;
  watch: Watch;
};
type RunRow = { id: string; tenantId: string; reason: string | null; readId: string | null };
type OperationRow = ReturnType<typeof toRows>[number];

/** Inserts thousands of rows a statement: `createMany` took 0.5 ms an operation, and a large change has 100,000. */
async function storeRuns(tx: Transaction, { changeId, plan, readIds, watch }: StoredPlan): Promise<void> {
  const total = plan.runs.reduce((sum, { operations }) => sum + operations.length, 0);
  const runs = plan.runs.map((run) => ({ id: randomUUID(), run }));
  await insertRuns(
    tx,
    changeId,
    runs.map(({ id, run: { tenantId, refusal } }) => ({
      id,
      tenantId,
      reason: refusal,
      readId: readIds.get(tenantId) ?? null,
    })),
  );
  await watch("storing", 0, total);
  let stored = 0;
  let block: OperationRow[] = [];
  for (const { id, run } of runs) {
    for (const row of toRows(id, run)) {
      block.push(row);
      if (block.length < BLOCK) continue;
      await insertOperations(tx, changeId, block);
      stored += block.length;
      block = [];
      await watch("storing", stored, total);
    }
  }
  await insertOperations(tx, changeId, block);
}

function toRows(runId: string, { tenantId, operations }: PlannedRun) {
  const ids = new Map(operations.map((operation) => [operation.key, randomUUID()]));
  if (ids.size !== operations.length) throw new Error("Two operations of one plan share a key");
  const idOf = (key: string): string => {
    const id = ids.get(key);
    if (!id) throw new Error("An operation depends on one that is not in its plan");
    return id;
  };
  return operations.map(({ key, intent, dependsOn, retryOf = null, ...operation }, seq) => ({
    ...operation,
    id: idOf(key),
    runId,
    tenantId,
    seq,
    intent: toStoredIntent(intent, idOf),
    dependsOn: dependsOn.map(idOf),
    retryOf,
  }));
}

async function insertRuns(tx: Transaction, changeId: string, rows: readonly RunRow[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO run (id, change_id, tenant_id, reason, read_id)
    SELECT r.id, ${changeId}::uuid, r."tenantId", r.reason, r."readId"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, "tenantId" uuid, reason text, "readId" uuid)`;
}

async function insertOperations(
  tx: Transaction,
  changeId: string,
  rows: readonly OperationRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO operation (id, run_id, change_id, tenant_id, seq, kind, state, target, label, resource_key, resource_id,
                           intent, diff, why, risks, depends_on, reason, retry_of)
    SELECT r.id, r."runId", ${changeId}::uuid, r."tenantId", r.seq, r.kind, r.state, r.target, r.label, r."resourceKey",
           r."resourceId", r.intent, r.diff, r.why, r.risks, r."dependsOn", r.reason, r."retryOf"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
           id uuid, "runId" uuid, "tenantId" uuid, seq int, kind text, state text, target text, label text,
           "resourceKey" text, "resourceId" text, intent jsonb, diff jsonb, why text, risks text[], "dependsOn" uuid[],
           reason text, "retryOf" uuid)`;
}
