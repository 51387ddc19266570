import "server-only";
import { appendEvents } from "@/lib/audit/log/append";
import type { AuditAction } from "@/lib/audit/log/events";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import { type Intent, intentSchema } from "@/lib/changes/model/intent";
import type { ChangeState } from "@/lib/changes/model/states";
import { formatChangeNumber } from "@/lib/change-number";

export type LockedChange = RecordedChange & {
  state: ChangeState;
  intent: Intent;
  expiresAt: Date;
  appliedAt: Date | null;
  requestedById: string;
  parentId: string | null;
  tenantIds: string[];
};

/** The change, locked. Somebody who may see only some of its tenants may look at it and not act on it. */
export async function lockChange(tx: Transaction, scope: Scope, changeId: string): Promise<LockedChange> {
  await tx.$queryRaw`SELECT id FROM change WHERE id = ${changeId}::uuid FOR UPDATE`;
  const change = await tx.change.findFirst({ where: { id: changeId } });
  if (!change) throw notFound("change");
  authorize(scope, "change.apply", change.tenantIds);
  return { ...change, state: change.state as ChangeState, intent: intentSchema.parse(change.intent) };
}

/** What an event tells of a change. */
export type RecordedChange = {
  id: string;
  number: number;
  title: string;
  planHash: string;
  reason: string;
  ticket: string | null;
};

/** One event for each tenant, so that the record of one tenant is whole without the others'. */
export function recordChangeEvent(
  tx: Transaction,
  scope: Scope,
  change: RecordedChange,
  { action, tenantIds }: { action: AuditAction; tenantIds: readonly string[] },
): Promise<void> {
  const { id, number, title, planHash, reason, ticket } = change;
  const shared = {
    action,
    changeId: id,
    target: formatChangeNumber(number),
    result: "ok",
    reason,
    ticket: ticket ?? undefined,
    details: { title, plan: planHash },
  };
  return appendEvents(
    tx,
    scope,
    tenantIds.map((tenantId) => ({ ...shared, tenantId })),
  );
}
