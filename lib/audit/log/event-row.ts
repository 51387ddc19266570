import type { LoggedEvent } from "@/lib/audit/log/chain";

/**
 * An event as the reading queries return it. SQL formats the time, because a Date has no microseconds and the leaf
 * covers them.
 */
export type EventRow = {
  id: bigint;
  body: string;
  leaf: string;
  action: string;
  actor_id: string | null;
  tenant_id: string | null;
  change_id: string | null;
  at_text: string;
};

/** The row of a LEFT JOIN: without an event all of its columns are null. */
export type JoinedEventRow = EventRow | { [Column in keyof EventRow]: null };

/** @returns null for the row of a join that has no event */
export function toLoggedEvent(row: JoinedEventRow): LoggedEvent | null {
  if (row.id === null) return null;
  const { id, at_text, body, leaf, action, actor_id, tenant_id, change_id } = row;
  return {
    id: Number(id),
    atText: at_text,
    body,
    leaf,
    action,
    actorId: actor_id,
    tenantId: tenant_id,
    changeId: change_id,
  };
}
