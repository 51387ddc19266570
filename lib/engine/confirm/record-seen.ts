import "server-only";
import { appendEvents } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import { makersOf } from "@/lib/changes/model/stored-intent";
import type { Transaction } from "@/lib/db/transaction";
import { confirmDelayMs } from "@/lib/engine/run/backoff";
import {
  judgeConfirmation,
  type AcceptedOperation,
  type Confirmation,
  type Shown,
} from "@/lib/engine/confirm/judge-confirmation";

/** Confirms the operations that a reading shows and sets the next lookup for the others. */
export async function recordSeen(
  tx: Transaction,
  scope: Scope,
  due: readonly AcceptedOperation[],
  show: (operation: AcceptedOperation) => Shown,
): Promise<void> {
  const known = await resourceIdsOf(tx, due);
  const confirmations = due.map((operation) => judgeConfirmation(operation, show(operation), known));
  await record(tx, scope, confirmations);
}

/** Resource ids of members that the same run created; null where the operation was not done. */
async function resourceIdsOf(
  tx: Transaction,
  due: readonly AcceptedOperation[],
): Promise<Map<string, string | null>> {
  const ids = due.flatMap(({ intent }) => [...makersOf(intent)]);
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; resourceId: string | null }[]>`
    SELECT id, resource_id AS "resourceId" FROM operation
     WHERE id = ANY (${ids}::uuid[]) AND (resource_id IS NOT NULL OR state IN ('failed', 'skipped', 'cancelled'))`;
  return new Map(rows.map(({ id, resourceId }) => [id, resourceId]));
}

/** Compare-and-set on the state: two lookups of one operation confirm it once and record one event. */
async function record(tx: Transaction, scope: Scope, confirmations: readonly Confirmation[]): Promise<void> {
  const rows = confirmations.map(({ operation, isSeen, resourceId, detail, reason }) => ({
    id: operation.id,
    isSeen,
    resourceId,
    detail,
    reason,
    delayMs: confirmDelayMs(operation.confirms + 1),
  }));
  const written = await tx.$queryRaw<{ id: string }[]>`
    UPDATE operation o
       SET state = CASE WHEN r."isSeen" THEN 'confirmed' ELSE o.state END,
           confirmed_at = CASE WHEN r."isSeen" THEN now() END,
           confirms = o.confirms + 1, resource_id = coalesce(o.resource_id, r."resourceId"),
           reason = r.reason, detail = r.detail,
           confirm_at = CASE WHEN r."isSeen" THEN NULL ELSE now() + r."delayMs" * interval '1 ms' END
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
           id uuid, "isSeen" boolean, "resourceId" text, detail text, reason text, "delayMs" double precision)
     WHERE o.id = r.id AND o.state = 'accepted'
    RETURNING o.id`;
  const fresh = new Set(written.map(({ id }) => id));
  await appendEvents(
    tx,
    scope,
    confirmations.flatMap(({ operation, isSeen }) => {
      if (!isSeen || !fresh.has(operation.id)) return [];
      const { tenantId, changeId, target, kind, acceptedAt } = operation;
      const seconds = acceptedAt
        ? Math.max(0, Math.round((Date.now() - acceptedAt.getTime()) / 1_000))
        : null;
      return [
        {
          action: "operation.confirmed" as const,
          tenantId,
          changeId,
          target,
          result: "ok",
          details: { operation: operation.id, kind, secondsAfterAccepted: seconds },
        },
      ];
    }),
  );
}
