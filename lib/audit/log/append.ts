import "server-only";
import { toEventBody } from "@/lib/audit/log/event-body";
import type { AuditEvent } from "@/lib/audit/log/events";
import type { Scope } from "@/lib/auth/scope";
import type { SqlTransaction } from "@/lib/db/sql-transaction";

/**
 * Writes one event in the transaction that it records: if the event cannot be written, the action fails too. The
 * database adds the time, the leaf and the filter columns, and puts it in the sealer's outbox.
 */
export async function appendEvent(tx: SqlTransaction, scope: Scope, event: AuditEvent): Promise<void> {
  await appendEvents(tx, scope, [event]);
}

/** Writes many events in order with one statement: one round trip for the operations of a whole block. */
export async function appendEvents(
  tx: SqlTransaction,
  scope: Scope,
  events: readonly AuditEvent[],
): Promise<void> {
  await appendScopedEvents(
    tx,
    events.map((event) => ({ scope, event })),
  );
}

export type ScopedEvent = { scope: Scope; event: AuditEvent };

/**
 * The same for events of several scopes: a block holds many tenants' results, each under the scope of its own run.
 */
export async function appendScopedEvents(tx: SqlTransaction, events: readonly ScopedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const bodies = events.map(({ scope, event }) => toEventBody(scope, event));
  await tx.$executeRaw`
    INSERT INTO event (body)
    SELECT given.body FROM unnest(${bodies}::text[]) WITH ORDINALITY AS given (body, place) ORDER BY given.place`;
}
