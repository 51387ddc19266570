import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import { makersOf } from "@/lib/changes/model/stored-intent";
import type { Dependencies, KnownOperation } from "@/lib/engine/run/dependencies";

export type DependencyBook = Dependencies & {
  /**
   * Adds what a claim read and drops everything that none of these operations depends on: a run of 200,000 operations
   * must not be kept in memory whole.
   * @param operations all claimed operations that have not ended
   */
  turn(operations: readonly ClaimedOperation[], known: readonly KnownOperation[]): void;
};

/**
 * Keeps the results of operations that claimed ones depend on. A claim takes only operations whose dependencies have
 * ended, so these results are final.
 */
export function createDependencyBook(): DependencyBook {
  const book = new Map<string, KnownOperation>();

  function isUndone(operationId: string): boolean {
    const state = book.get(operationId)?.state;
    return state !== "accepted" && state !== "confirmed";
  }

  return {
    turn(operations, known) {
      const needed = new Set(operations.flatMap(({ dependsOn }) => dependsOn));
      for (const id of book.keys()) if (!needed.has(id)) book.delete(id);
      for (const one of known) book.set(one.id, one);
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
      return book.get(operationId)?.resourceId ?? null;
    },
  };
}
