import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import { makersOf } from "@/lib/changes/model/stored-intent";
import type { Dependencies, KnownOperation } from "@/lib/engine/run/dependencies";

export type DependencyTracker = Dependencies & {
  /**
   * Adds what a claim read and drops everything that none of these operations depends on: a run of 200,000 operations
   * must not be kept in memory whole.
   * @param operations all claimed operations that have not ended
   */
  update(operations: readonly ClaimedOperation[], known: readonly KnownOperation[]): void;
};

/**
 * Keeps the results of operations that claimed ones depend on. A claim takes only operations whose dependencies have
 * ended, so these results are final.
 */
export function createDependencyTracker(): DependencyTracker {
  const results = new Map<string, KnownOperation>();

  function isUndone(operationId: string): boolean {
    const state = results.get(operationId)?.state;
    return state !== "accepted" && state !== "confirmed";
  }

  return {
    update(operations, known) {
      const needed = new Set(operations.flatMap(({ dependsOn }) => dependsOn));
      for (const id of results.keys()) if (!needed.has(id)) results.delete(id);
      for (const one of known) results.set(one.id, one);
    },
    refusal({ dependsOn, intent }) {
      const makers = makersOf(intent);
      const hasMembers =
        "members" in intent && intent.members.some((m) => !("operationId" in m && isUndone(m.operationId)));
      // One person who was not created must not keep the others out of a group.
      const isHeldUp = dependsOn.some((id) => isUndone(id) && !(hasMembers && makers.has(id)));
      return isHeldUp ? { state: "skipped", reason: "dependency-failed" } : null;
    },
    isUndone,
    resourceIdOf(operationId) {
      return results.get(operationId)?.resourceId ?? null;
    },
  };
}
