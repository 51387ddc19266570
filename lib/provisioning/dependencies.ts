import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { ClaimedOperation } from "@/lib/provisioning/claim";
import type { OperationResult } from "@/lib/provisioning/record";
import type { Dependencies } from "@/lib/provisioning/send";

type Known = { state: string; resourceId: string | null };

export type DependencyBook = Dependencies & {
  /** Reads what the claimed operations depend on and this book does not know yet. */
  load(tx: Transaction, operations: readonly ClaimedOperation[]): Promise<void>;
  note(results: readonly OperationResult[]): void;
};

/** What the operations of one run came to, as far as others depend on them. */
export function createDependencyBook(): DependencyBook {
  const book = new Map<string, Known>();
  return {
    async load(tx, operations) {
      const ids = [...new Set(operations.flatMap(({ dependsOn }) => dependsOn))].filter(
        (id) => !book.get(id)?.resourceId,
      );
      if (ids.length === 0) return;
      const rows = await tx.$queryRaw<(Known & { id: string })[]>`
        SELECT id, state, resource_id AS "resourceId" FROM operation WHERE id = ANY (${ids}::uuid[])`;
      for (const { id, ...known } of rows) book.set(id, known);
    },
    note(results) {
      for (const { operation, state, resourceId } of results) {
        book.set(operation.id, { state, resourceId: resourceId ?? operation.resourceId });
      }
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
