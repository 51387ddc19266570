import "server-only";
import { appendEvents } from "@/lib/audit/log/append";
import type { AuditEvent } from "@/lib/audit/log/events";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import { refuseBeforeLock, type VerbInState } from "@/lib/changes/model/locked-change";
import type { ChangeState } from "@/lib/changes/model/states";
import { formatChangeNumber } from "@/lib/change-number";

/**
 * Locks a change and its runs before it is scheduled, paused or cancelled. Runs come first: a worker that ends a run
 * locks the run and then its change, and the other order could deadlock. An operator with only some of its tenants
 * may view it but not steer it.
 * @param verb the row of changeCan that is about to happen; the caller checks it again with all facts.
 * @throws AppError not-found, or the words of the refusal
 */
export async function lockToSteer(tx: Transaction, scope: Scope, changeId: string, verb: VerbInState) {
  await refuseBeforeLock(tx, scope, changeId, verb);
  await tx.$queryRaw`SELECT id FROM run WHERE change_id = ${changeId}::uuid ORDER BY id FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT id FROM change WHERE id = ${changeId}::uuid FOR UPDATE`;
  const change = await tx.change.findFirst({ where: { id: changeId } });
  if (!change) throw notFound("change");
  authorize(scope, "change.apply", change.tenantIds);
  return { ...change, state: change.state as ChangeState };
}

type RecordedChange = { id: string; number: number; title: string; planHash: string; ticket: string | null };
type SteeringEvent = Pick<AuditEvent, "action" | "result" | "reason" | "before" | "after" | "details"> & {
  tenantIds: readonly string[];
};

/** Records one event for each tenant, so that each tenant's log is complete on its own. */
export function recordSteeringEvent(
  tx: Transaction,
  scope: Scope,
  { id, number, title, planHash, ticket }: RecordedChange,
  { tenantIds, details, ...telling }: SteeringEvent,
): Promise<void> {
  return appendEvents(
    tx,
    scope,
    tenantIds.map((tenantId) => ({
      ...telling,
      tenantId,
      changeId: id,
      target: formatChangeNumber(number),
      ticket: ticket ?? undefined,
      details: { title, plan: planHash, ...details },
    })),
  );
}
