import "server-only";
import { appendEvents } from "@/lib/audit/append";
import type { AuditEvent } from "@/lib/audit/events";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { ScimExchange } from "@/lib/scim/exchange";
import { confirmDelayMs } from "@/lib/provisioning/backoff";
import type { ClaimedOperation } from "@/lib/provisioning/claim";
import { LeaseLostError, type TakenRun } from "@/lib/provisioning/run-lease";

/** What became of one claimed operation. */
export type OperationResult = {
  operation: ClaimedOperation;
  state: "accepted" | "failed" | "skipped" | "queued" | "unknown";
  resourceId: string | null;
  reason: CatalogueCode | null;
  detail: string | null;
  /** For queued and unknown: how long to leave it alone. */
  delayMs: number;
  /** The try does not count towards giving up. */
  uncounted: boolean;
  exchanges: ScimExchange[];
};

/**
 * Writes a block of results, their attempts and their events in one transaction. Every row is a compare-and-set on
 * (id, epoch, state), and the run must still be at that epoch: when one does not match, another worker owns the
 * run, and nothing of the block is written.
 *
 * Results are written in blocks because a transaction each was a third of the engine's time; a crash before the
 * write leaves operations that are marked sent, and those are settled by reading.
 * @throws LeaseLostError
 */
export async function recordResults(
  scope: Scope,
  run: TakenRun,
  results: readonly OperationResult[],
): Promise<void> {
  if (results.length === 0) return;
  await transaction(scope, async (tx) => {
    const written = await updateOperations(tx, run, results);
    if (written !== results.length) throw new LeaseLostError();
    await insertAttempts(tx, results);
    await appendEvents(tx, scope, results.flatMap(toEvents));
  });
}

function updateOperations(
  tx: Transaction,
  run: TakenRun,
  results: readonly OperationResult[],
): Promise<number> {
  const rows = results.map(({ operation, exchanges, ...result }) => ({
    ...result,
    id: operation.id,
    httpStatus: exchanges.at(-1)?.status ?? null,
    confirmMs: confirmDelayMs(0),
  }));
  return tx.$executeRaw`
    UPDATE operation o
       SET state = r.state, resource_id = coalesce(r."resourceId", o.resource_id), reason = r.reason, detail = r.detail,
           http_status = r."httpStatus", attempt = o.attempt - r.uncounted::int,
           next_at = now() + r."delayMs" * interval '1 ms',
           accepted_at = CASE WHEN r.state = 'accepted' THEN now() END,
           confirm_at = CASE WHEN r.state = 'accepted' THEN now() + r."confirmMs" * interval '1 ms' END
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
           id uuid, state text, "resourceId" text, reason text, detail text, "httpStatus" int, uncounted boolean,
           "delayMs" double precision, "confirmMs" double precision)
     WHERE o.id = r.id AND o.epoch = ${run.epoch} AND o.state = 'sent'
       AND EXISTS (SELECT FROM run WHERE run.id = o.run_id AND run.epoch = ${run.epoch})`;
}

async function insertAttempts(tx: Transaction, results: readonly OperationResult[]): Promise<void> {
  const rows = results.flatMap(({ operation, exchanges }) =>
    exchanges.map((exchange) => ({
      ...exchange,
      operationId: operation.id,
      tenantId: operation.tenantId,
      number: operation.attempt,
      durationMs: Math.round(exchange.durationMs),
    })),
  );
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO attempt (operation_id, tenant_id, number, at, duration_ms, method, path, request_body, status, response_body, error, request_id)
    SELECT "operationId", "tenantId", number, "startedAt", "durationMs", method, path, "requestBody", status, "responseBody", error, "requestId"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
           "operationId" uuid, "tenantId" uuid, number int, "startedAt" timestamptz, "durationMs" int, method text, path text,
           "requestBody" text, status int, "responseBody" text, error text, "requestId" text)`;
}

/** A retry is no news; what was accepted, what failed and what nobody knows is. */
function toEvents({ operation, state, reason, exchanges }: OperationResult): AuditEvent[] {
  if (state === "queued") return [];
  const last = exchanges.at(-1);
  return [
    {
      action: `operation.${state}`,
      tenantId: operation.tenantId,
      changeId: operation.changeId,
      target: operation.target,
      result: reason ?? "ok",
      details: {
        operation: operation.id,
        kind: operation.kind,
        attempt: operation.attempt,
        ...(last
          ? {
              request: `${last.method} ${last.path.split("?", 1)[0]}`,
              status: last.status,
              durationMs: Math.round(last.durationMs),
            }
          : {}),
      },
    },
  ];
}
