import "server-only";
import { claimOperations, releaseUnsent } from "@/lib/engine/claim/claim";
import { type ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import type { DependencyTracker } from "@/lib/engine/claim/dependencies";
import type { TakenRun } from "@/lib/engine/run/taken-run";

/** The number of operations claimed at once: for the first claim, and at most. */
export type ClaimSize = { first: number; most: number };

/** For a tenant without a rate. A tenant that sends a block in less than FAST_BLOCK_MS, repeatedly, gets larger ones. */
const BLOCK = 50;
const BLOCK_MAX = 400;
const FAST_BLOCK_MS = 100;

/** Seconds of a slow tenant's work to claim at once. */
const CLAIM_SECONDS = 5;

/**
 * Sizes a claim by the tenant's rate. A claimed operation counts as sent: if this worker dies, its successor settles
 * each with one read before it sends. At 2 a second that is 10 to 15 reads. Smaller blocks mean more claims: with 500
 * tenants at 2 a second, 2 s of work made 250 claims a second, 5 s make 100. The first claim still holds only 2 s of
 * work, so that 500 runs that start together do not claim 5,000 operations before any of them sends. A pause or a
 * stop does not wait for claimed operations: those not sent are released.
 */
export function claimSize(rate: number | null, inFlightMax: number): ClaimSize {
  if (rate === null) return { first: BLOCK, most: BLOCK_MAX };
  const worth = (seconds: number) => Math.min(BLOCK, Math.max(inFlightMax, Math.ceil(rate * seconds)));
  return { first: worth(2), most: worth(CLAIM_SECONDS) };
}

export type OperationSource = {
  /**
   * Gives an operation whose resource no other one is writing to; it stays busy until `done`. Null when none is
   * ready.
   */
  take(): ClaimedOperation | null;
  done(operation: ClaimedOperation): void;
  /** Puts back an operation that was taken and not sent. */
  putBack(operation: ClaimedOperation): void;
  /** Claims another block, unless nothing is left. Concurrent callers share one claim. Returns the number claimed. */
  claim(): Promise<number>;
  /** An operation will be retried, so another claim may find work. */
  reopen(): void;
  isShort(): boolean;
  isIdle(): boolean;
  release(): Promise<void>;
};

/**
 * Hands out a run's claimed operations so that two operations on one resource never run at the same time: parallel
 * writes to one group lost updates on real servers.
 */
export function createOperationSource(
  run: TakenRun,
  dependencies: DependencyTracker,
  { first, most }: ClaimSize,
): OperationSource {
  const waiting: ClaimedOperation[] = [];
  const busy = new Map<string, ClaimedOperation>();
  let claiming: Promise<number> | null = null;
  // Claiming ahead after the last block would cost one statement for each operation that is left.
  let isExhausted = false;
  let size = first;
  let claimedMs = 0;
  // Without this, each of the last operations claims once more for nothing: 2,000 claims at the end of 500 runs.
  let isDrained = false;

  async function claimBlock(): Promise<number> {
    const askedMs = performance.now();
    // A block that is sent before the next one arrives leaves every sender waiting.
    const isFast = askedMs - claimedMs < FAST_BLOCK_MS;
    if (claimedMs > 0 && (isFast || size < Math.min(most, BLOCK))) size = Math.min(most, size * 2);
    claimedMs = askedMs;
    const { operations, known, isLast } = await claimOperations(run, size);
    for (const operation of operations) waiting.push(operation);
    dependencies.update([...waiting, ...busy.values()], known);
    isExhausted = operations.length < size;
    isDrained = isLast;
    return operations.length;
  }

  return {
    take() {
      const index = waiting.findIndex(({ resourceKey }) => !busy.has(resourceKey));
      const [operation] = index < 0 ? [] : waiting.splice(index, 1);
      if (operation) busy.set(operation.resourceKey, operation);
      return operation ?? null;
    },
    done: (operation) => void busy.delete(operation.resourceKey),
    putBack(operation) {
      busy.delete(operation.resourceKey);
      waiting.push(operation);
    },
    reopen() {
      isDrained = false;
    },
    async claim() {
      if (isDrained) return 0;
      claiming ??= claimBlock().finally(() => {
        claiming = null;
      });
      return claiming;
    },
    isShort: () => !isExhausted && !claiming && waiting.length < size / 2,
    isIdle: () => waiting.length === 0 && busy.size === 0,
    async release() {
      if (waiting.length > 0) await releaseUnsent(run, waiting);
    },
  };
}
