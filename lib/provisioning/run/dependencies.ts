import type { ClaimedOperation } from "@/lib/provisioning/run/claim";
import type { Dependencies } from "@/lib/provisioning/run/send";

/** What an operation came to, as far as others depend on it. */
export type Known = { id: string; state: string; resourceId: string | null };

export type DependencyBook = Dependencies & {
  /**
   * Takes in what a claim found out, and forgets whatever none of these operations depends on: a run of 200,000
   * operations must not be remembered whole.
   * @param operations all that are claimed and not done yet
   */
  turn(operations: readonly ClaimedOperation[], known: readonly Known[]): void;
};

/**
 * What the operations came to that claimed ones depend on. A claim takes only what no open operation holds up, so
 * what it reads about dependencies is final enough to go by.
 */
export function createDependencyBook(): DependencyBook {
  const book = new Map<string, Known>();
  return {
    turn(operations, known) {
      const needed = new Set(operations.flatMap(({ dependsOn }) => dependsOn));
      for (const id of book.keys()) if (!needed.has(id)) book.delete(id);
      for (const one of known) book.set(one.id, one);
    },
    refusal({ dependsOn }) {
      const undone = dependsOn.find((id) => {
        const state = book.get(id)?.state;
        return state !== "accepted" && state !== "confirmed";
      });
      return undone ? { state: "skipped", reason: "dependency-failed" } : null;
    },
    resourceIdOf(operationId) {
      return book.get(operationId)?.resourceId ?? null;
    },
  };
}
