import "server-only";
import { randomUUID } from "node:crypto";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import type { Intent } from "@/lib/provisioning/intent";
import { hashPlan } from "@/lib/provisioning/plan-hash";
import type { Plan, PlannedRun } from "@/lib/provisioning/plan-types";
import { toStoredIntent } from "@/lib/provisioning/stored-intent";

/** A plan that nobody applied in a day says little about today. */
const EXPIRES_HOURS = 24;

export type NewChange = {
  intent: Intent;
  title: string;
  reason: string;
  ticket: string | null;
  tenantIds: string[];
};

/** Keeps a plan as a change with its runs and operations, all of them `planned`, `held` or refused. */
export async function storePlan(
  tx: Transaction,
  scope: Scope,
  change: NewChange,
  plan: Plan,
  readIds: ReadonlyMap<string, string | null>,
): Promise<{ changeId: string; number: number; planHash: string }> {
  const { actor } = scope;
  if (actor.kind !== "operator") throw new Error("A change is asked for by an operator");
  const changeId = randomUUID();
  const planHash = hashPlan(plan);
  const { number } = await tx.change.create({
    data: {
      id: changeId,
      kind: change.intent.kind,
      title: change.title,
      reason: change.reason,
      ticket: change.ticket,
      intent: change.intent,
      tenantIds: change.tenantIds,
      requestedById: actor.id,
      planHash,
      expiresAt: new Date(Date.now() + EXPIRES_HOURS * 3_600_000),
    },
    select: { number: true },
  });
  for (const run of plan.runs) await storeRun(tx, changeId, run, readIds.get(run.tenantId) ?? null);
  return { changeId, number, planHash };
}

async function storeRun(
  tx: Transaction,
  changeId: string,
  run: PlannedRun,
  readId: string | null,
): Promise<void> {
  const { tenantId } = run;
  const runId = randomUUID();
  await tx.run.createMany({ data: { id: runId, changeId, tenantId, reason: run.refusal, readId } });
  const ids = new Map(run.operations.map((operation) => [operation.key, randomUUID()]));
  if (ids.size !== run.operations.length) throw new Error("Two operations of one plan share a key");
  const idOf = (key: string): string => {
    const id = ids.get(key);
    if (!id) throw new Error("An operation depends on one that is not in its plan");
    return id;
  };
  await tx.operation.createMany({
    data: run.operations.map((operation, seq) => ({
      id: idOf(operation.key),
      runId,
      changeId,
      tenantId,
      seq,
      kind: operation.kind,
      state: operation.state,
      target: operation.target,
      label: operation.label,
      resourceKey: operation.resourceKey,
      resourceId: operation.resourceId,
      intent: toStoredIntent(operation.intent, idOf),
      diff: operation.diff,
      why: operation.why,
      risks: operation.risks,
      dependsOn: operation.dependsOn.map(idOf),
      reason: operation.reason,
    })),
  });
}
