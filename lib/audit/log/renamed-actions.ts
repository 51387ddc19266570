import type { AuditAction } from "@/lib/audit/log/events";

/**
 * Actions that had another name when older events were written. Those events are sealed, so the log keeps the old
 * name and this table translates it. `change.cancelled` also meant a discarded plan before `change.discarded`
 * existed; such old events keep their name.
 */
const renamed: ReadonlyMap<string, AuditAction> = new Map([
  ["notice.opened", "issue.opened"],
  ["notice.resolved", "issue.resolved"],
  ["change.held_released", "change.held_approved"],
  ["tenant.schedule_changed", "tenant.sync_changed"],
  ["tenant.sync_asked", "tenant.sync_requested"],
]);

/** The current name of a stored action; an unknown one is returned unchanged. */
export function currentAction(stored: string): string {
  return renamed.get(stored) ?? stored;
}

/** Every name under which the log stores an action, the current one first. */
export function storedActions(action: AuditAction): string[] {
  return [action, ...[...renamed].filter(([, today]) => today === action).map(([old]) => old)];
}
