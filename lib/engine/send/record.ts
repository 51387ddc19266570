import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { appendScopedEvents } from "@/lib/audit/log/append";
import type { AuditEvent } from "@/lib/audit/log/events";
import type { Scope } from "@/lib/auth/scope";
import { groupCommit } from "@/lib/db/group-commit";
import type { SqlTransaction } from "@/lib/db/sql-transaction";
import { confirmDelayMs } from "@/lib/engine/run/backoff";
import { runTransaction } from "@/lib/engine/run/run-transaction";
import { LeaseLostError, type TakenRun } from "@/lib/engine/run/taken-run";
import type { OperationResult } from "@/lib/engine/run/operation-result";

type RecordRequest = { scope: Scope; run: TakenRun; results: readonly OperationResult[] };

/**
 * Writes the results of one run, together with those of all runs of this worker (lib/db/group-commit.ts). Every row
 * is a compare-and-set on (id, epoch, state), and the run must still be at that epoch. A row that does not match
 * means that another worker owns the run, so this holder stops. Rows that matched remain written, for this run and
 * the others.
 *
 * A crash before the write leaves operations marked sent, which are settled by reading.
 * @throws LeaseLostError
 */
export async function recordResults(
  scope: Scope,
  run: TakenRun,
  results: readonly OperationResult[],
): Promise<void> {
  requireSystem(scope);
  if (results.length === 0) return;
  const isWhole = await writeInGroup({ scope, run, results });
  if (!isWhole) throw new LeaseLostError();
}

/** 20 ms apart: results come one by one, and only the next claim of a run that is ending waits for them. */
const writeInGroup = groupCommit(writeBlock, { blockMax: 200, apartMs: 20 });

/** One transaction: results with their attempts, then the events of exactly the rows that were written. */
function writeBlock(requests: readonly RecordRequest[]): Promise<boolean[]> {
  return runTransaction(
    requests.map(({ run }) => run),
    async (tx) => {
      const written = await writeResults(tx, requests);
      await appendScopedEvents(
        tx,
        requests.flatMap(({ scope, results }) =>
          results
            .filter(({ operation }) => written.has(operation.id))
            .flatMap((result) => toEvents(result).map((event) => ({ scope, event }))),
        ),
      );
      return requests.map(({ results }) => results.every(({ operation }) => written.has(operation.id)));
    },
  );
}

/**
 * Use `o.state = r."from"`, not `= 'sent'`: with the constant, the planner may walk the whole partial index of open
 * operations for each block, when statistics from before a large insert call it small. This form can only use the id.
 * @returns the ids of the operations that were written; an attempt is written with its operation or not at all.
 */
async function writeResults(tx: SqlTransaction, requests: readonly RecordRequest[]): Promise<Set<string>> {
  const rows = requests.flatMap(({ run, results }) => results.map((result) => toRow(run, result)));
  const attempts = requests.flatMap(({ results }) => results.flatMap(toAttempts));
  const written = await tx.$queryRaw<{ id: string }[]>`
    WITH written AS (
      UPDATE operation o
         SET state = r.state, resource_id = coalesce(o.resource_id, r."resourceId"), reason = r.reason, detail = r.detail,
             not_taken = CASE WHEN cardinality(r."notTaken") > 0 THEN r."notTaken" ELSE o.not_taken END,
             http_status = r."httpStatus", attempt = o.attempt - r.uncounted::int,
             next_at = now() + r."delayMs" * interval '1 ms',
             accepted_at = CASE WHEN r.state = 'accepted' THEN now() END,
             confirm_at = CASE WHEN r.state = 'accepted' THEN now() + r."confirmMs" * interval '1 ms' END
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
             id uuid, "runId" uuid, epoch int, "from" text, state text, "resourceId" text, reason text, detail text, "notTaken" text[],
             "httpStatus" int, uncounted boolean, "delayMs" double precision, "confirmMs" double precision)
       WHERE o.id = r.id AND o.run_id = r."runId" AND o.epoch = r.epoch AND o.state = r."from"
         AND EXISTS (SELECT FROM run WHERE run.id = r."runId" AND run.epoch = r.epoch)
      RETURNING o.id, o.tenant_id),
    tried AS (
      INSERT INTO attempt (operation_id, tenant_id, number, at, duration_ms, method, path, request_body, status, response_body, error, request_id)
      SELECT w.id, w.tenant_id, a.number, a."startedAt", a."durationMs", a.method, a.path, a."requestBody", a.status,
             a."responseBody", a.error, a."requestId"
        FROM jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) AS a(
             "operationId" uuid, number int, "startedAt" timestamptz, "durationMs" int, method text, path text,
             "requestBody" text, status int, "responseBody" text, error text, "requestId" text)
        JOIN written w ON w.id = a."operationId")
    SELECT id FROM written`;
  return new Set(written.map(({ id }) => id));
}

function toRow(run: TakenRun, { operation, exchanges, ...result }: OperationResult) {
  return {
    ...result,
    id: operation.id,
    runId: run.id,
    epoch: run.epoch,
    from: "sent",
    httpStatus: exchanges.at(-1)?.status ?? null,
    confirmMs: confirmDelayMs(0),
  };
}

function toAttempts({ operation, exchanges }: OperationResult) {
  return exchanges.map((exchange) => ({
    ...exchange,
    operationId: operation.id,
    number: operation.attempt,
    durationMs: Math.round(exchange.durationMs),
  }));
}

/** A retry records no event; accepted, failed and unknown do. */
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
