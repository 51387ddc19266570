import type { ChangeView } from "@/components/changes/model/wire";
import { operationCan } from "@/lib/changes/model/operation-can";

/** True if it was applied, even in part. A discarded plan has nothing to retry or undo. */
export function wasApplied({ appliedAt }: Pick<ChangeView, "appliedAt">): boolean {
  return appliedAt !== null;
}

/** True if a plan ended because another operator rejected it, and not because somebody discarded it. */
export function wasRejected({ state, appliedAt, decisions }: ChangeView): boolean {
  return state === "cancelled" && appliedAt === null && decisions.at(-1)?.action === "change.held_rejected";
}

export function tenantsToRetry({ runs }: ChangeView): string[] {
  return runs.filter(({ counts }) => counts.failed > 0).map(({ tenantId }) => tenantId);
}

export function tenantsToUndo({ runs }: ChangeView): string[] {
  return runs
    .filter(({ counts }) => operationCan.undo.states.some((state) => counts[state] > 0))
    .map(({ tenantId }) => tenantId);
}
