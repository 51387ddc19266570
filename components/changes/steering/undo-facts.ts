import type { ChangeView } from "@/components/changes/model/wire";
import { operationCan } from "@/lib/changes/model/operation-can";

/** True if it was applied, even in part. A discarded plan has nothing to retry or undo. */
export function wasApplied({ appliedAt }: Pick<ChangeView, "appliedAt">): boolean {
  return appliedAt !== null;
}

export function tenantsToRetry({ runs }: ChangeView): string[] {
  return runs.filter(({ counts }) => counts.failed > 0).map(({ tenantId }) => tenantId);
}

export function tenantsToUndo({ runs }: ChangeView): string[] {
  return runs
    .filter(({ counts }) => operationCan.undo.states.some((state) => counts[state] > 0))
    .map(({ tenantId }) => tenantId);
}
