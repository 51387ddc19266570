import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { type EventRow, toLoggedEvent } from "@/lib/audit/log/event-row";
import type { LooseEvent } from "@/lib/audit/log/log-reading";
import type { Scope } from "@/lib/auth/scope";
import { type Transaction, transaction } from "@/lib/db/transaction";

const EVENTS_PAGE = 20_000;

/**
 * Reads every event that no link up to `to` holds, by id from `after` on, and outbox entries whose event is missing.
 * One statement reads an event with its link and its entry, so a half-done round of the sealer is never visible.
 */
export async function* readLoose(scope: Scope, after: bigint, to: bigint): AsyncGenerator<LooseEvent> {
  authorize(scope, "audit.verify");
  for (let cursor = after; ; ) {
    const page = await transaction(scope, (tx) => readLoosePage(tx, cursor, to));
    for (const row of page.rows) yield toLooseEvent(row);
    if (page.next === null) break;
    cursor = page.next;
  }
  const gone = await transaction(
    scope,
    (tx) => tx.$queryRaw<{ event_id: bigint }[]>`
      SELECT p.event_id FROM event_pending p LEFT JOIN event e ON e.id = p.event_id
      WHERE e.id IS NULL ORDER BY p.event_id LIMIT 1`,
  );
  for (const { event_id } of gone)
    yield { eventId: Number(event_id), event: null, isPending: true, isLinked: false };
}

/** Walks EVENTS_PAGE events by id and returns the few that no link to `to` holds. */
async function readLoosePage(tx: Transaction, after: bigint, to: bigint) {
  const [step] = await tx.$queryRaw<{ next: bigint | null }[]>`
    SELECT max(id) AS next FROM (SELECT id FROM event WHERE id > ${after} ORDER BY id LIMIT ${EVENTS_PAGE}) AS step`;
  const next = step?.next ?? null;
  if (next === null) return { next, rows: [] };
  const rows = await tx.$queryRaw<LooseRow[]>`
    SELECT p.event_id IS NOT NULL AS is_pending, l.seq IS NOT NULL AS is_linked, e.id, e.body,
      encode(e.leaf, 'hex') AS leaf, e.action, e.actor_id, e.tenant_id::text, e.change_id::text,
      to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at_text
    FROM event e
    LEFT JOIN event_link l ON l.event_id = e.id
    LEFT JOIN event_pending p ON p.event_id = e.id
    WHERE e.id > ${after} AND e.id <= ${next} AND (l.seq IS NULL OR l.seq > ${to}) ORDER BY e.id`;
  return { next, rows };
}

type LooseRow = EventRow & { is_pending: boolean; is_linked: boolean };

function toLooseEvent(row: LooseRow): LooseEvent {
  return {
    eventId: Number(row.id),
    event: toLoggedEvent(row),
    isPending: row.is_pending,
    isLinked: row.is_linked,
  };
}
