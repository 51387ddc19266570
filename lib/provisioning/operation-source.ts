import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { claimOperations, releaseUnsent, type ClaimedOperation } from "@/lib/provisioning/claim";
import type { DependencyBook } from "@/lib/provisioning/dependencies";
import type { TakenRun } from "@/lib/provisioning/run-lease";

/** Claimed at once from a tenant without a rate. More would be settled one reading each if we die. */
const CLAIM_MAX = 50;

/**
 * How many operations to claim at once. What is claimed counts as sent, so at a slow pace no more is claimed than
 * leaves within two seconds.
 */
export function claimSize(rate: number | null, inFlightMax: number): number {
  return rate === null ? CLAIM_MAX : Math.min(CLAIM_MAX, Math.max(inFlightMax, Math.ceil(rate * 2)));
}

export type OperationSource = {
  /** An operation whose resource nobody is writing to. It stays busy until `done`. Null when there is none at hand. */
  take(): ClaimedOperation | null;
  done(operation: ClaimedOperation): void;
  /** Puts one back that was taken and not sent. */
  putBack(operation: ClaimedOperation): void;
  /** Claims another block; concurrent callers share one claim. Tells how many came. */
  claim(): Promise<number>;
  isShort(): boolean;
  isIdle(): boolean;
  release(): Promise<void>;
};

/**
 * The claimed operations of a run, handed out so that two operations on one resource never run at the same time:
 * parallel writes to one group lost updates on real servers.
 */
export function createOperationSource(
  scope: Scope,
  run: TakenRun,
  book: DependencyBook,
  claimMax: number,
): OperationSource {
  const waiting: ClaimedOperation[] = [];
  const busy = new Set<string>();
  let claiming: Promise<number> | null = null;
  // Asking ahead after the last block would cost a statement for every operation that is left.
  let isExhausted = false;

  async function claimBlock(): Promise<number> {
    const claimed = await transaction(scope, async (tx) => {
      const operations = await claimOperations(tx, run, claimMax);
      await book.load(tx, operations);
      return operations;
    });
    waiting.push(...claimed);
    isExhausted = claimed.length < claimMax;
    return claimed.length;
  }

  return {
    take() {
      const index = waiting.findIndex(({ resourceKey }) => !busy.has(resourceKey));
      const [operation] = index < 0 ? [] : waiting.splice(index, 1);
      if (operation) busy.add(operation.resourceKey);
      return operation ?? null;
    },
    done: (operation) => void busy.delete(operation.resourceKey),
    putBack(operation) {
      busy.delete(operation.resourceKey);
      waiting.push(operation);
    },
    claim() {
      claiming ??= claimBlock().finally(() => {
        claiming = null;
      });
      return claiming;
    },
    isShort: () => !isExhausted && !claiming && waiting.length < claimMax / 2,
    isIdle: () => waiting.length === 0 && busy.size === 0,
    async release() {
      if (waiting.length > 0) await transaction(scope, (tx) => releaseUnsent(tx, run, waiting));
    },
  };
}
