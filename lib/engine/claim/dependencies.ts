import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import { makersOf } from "@/lib/changes/model/stored-intent";
import type { Dependencies, KnownOperation } from "@/lib/engine/run/dependencies";

export type DependencyBook = Dependencies & {
  /**
   * Takes in what a claim found out, and forgets whatever none of these operations depends on: a run of 200,000
   * operations must not be remembered whole.
   * @param operations all that are claimed and not done yet
   */
  turn(operations: readonly ClaimedOperation[], known: readonly KnownOperation[]): void;
};

/**
 * What the operations came to that claimed ones depend on. A claim takes only what no open operation holds up, so
 * what it reads about dependencies is final enough to go by.
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
      // One person who was not created keeps nobody else out of a group.
      const isHeldUp = dependsOn.some((id) => isUndone(id) && !(hasMembers && makers.has(id)));
      return isHeldUp ? { state: "skipped", reason: "dependency-failed" } : null;
    },
    isUndone,
    resourceIdOf(operationId) {
      return book.get(operationId)?.resourceId ?? null;
    },
  };
}
