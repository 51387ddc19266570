import type { LoggedEvent } from "@/lib/audit/log/chain";

/**
 * An event as the reading queries return it. Time is made text in SQL, because a Date has no microseconds and the
 * leaf is over them.
 */
export type EventRow = {
  id: bigint | null;
  body: string;
  leaf: string;
  action: string;
  actor_id: string | null;
  tenant_id: string | null;
  change_id: string | null;
  at_text: string;
};

/** A LEFT JOIN without a partner has no id, and then no other column either. */
export function toLoggedEvent(row: EventRow): LoggedEvent | null {
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
