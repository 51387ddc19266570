import type { AuditAction } from "@/lib/audit/log/events";

/**
 * Actions that had another name when older events were written. Those events are sealed, so the log keeps the old name
 * and this table reads it. `change.cancelled` also meant a discarded plan until `change.discarded` came; an old one
 * stays what it says.
 */
const renamed: ReadonlyMap<string, AuditAction> = new Map([
  ["notice.opened", "issue.opened"],
  ["notice.resolved", "issue.resolved"],
  ["change.held_released", "change.held_approved"],
  ["tenant.schedule_changed", "tenant.sync_changed"],
  ["tenant.sync_asked", "tenant.sync_requested"],
]);

/** The name of today for an action as the log holds it. One that no table knows is returned as it is. */
export function currentAction(stored: string): string {
  return renamed.get(stored) ?? stored;
}

/** Every name under which the log holds an action: that of today first. */
export function storedActions(action: AuditAction): string[] {
  return [action, ...[...renamed].filter(([, today]) => today === action).map(([old]) => old)];
}
