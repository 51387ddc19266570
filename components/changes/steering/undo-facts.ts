import type { ChangeView } from "@/components/changes/model/wire";

const ended: ReadonlySet<string> = new Set(["done", "failed", "cancelled"]);
const open: ReadonlySet<string> = new Set(["ready", "scheduled", "applying"]);

/** True if it was applied, even in part. A discarded plan has nothing to retry or undo. */
export function wasApplied({ appliedAt }: Pick<ChangeView, "appliedAt">): boolean {
  return appliedAt !== null;
}

/** If a retry is already planned and open, continue there instead of planning a second one. */
export function canRetry(change: ChangeView): boolean {
  return hasEnded(change) && change.counts.failed > 0 && !hasOpenChild(change, "retry");
}

/** What is not confirmed cannot be undone: an undo is planned against what the tenant shows. */
export function canUndo(change: ChangeView): boolean {
  return hasEnded(change) && change.counts.confirmed > 0 && !hasOpenChild(change, "undo");
}

export function tenantsToRetry({ runs }: ChangeView): string[] {
  return runs.filter(({ counts }) => counts.failed > 0).map(({ tenantId }) => tenantId);
}

export function tenantsToUndo({ runs }: ChangeView): string[] {
  return runs.filter(({ counts }) => counts.confirmed > 0).map(({ tenantId }) => tenantId);
}

function hasEnded(change: ChangeView): boolean {
  return wasApplied(change) && ended.has(change.state);
}

function hasOpenChild({ children }: ChangeView, kind: "retry" | "undo"): boolean {
  return children.some((child) => child.kind === kind && open.has(child.state));
}
