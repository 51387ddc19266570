import "server-only";
import { claimOperations, releaseUnsent } from "@/lib/engine/claim/claim";
import { type ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import type { DependencyBook } from "@/lib/engine/claim/dependencies";
import type { TakenRun } from "@/lib/engine/run/taken-run";

/** How many operations are claimed at once: at first, and at most. */
export type ClaimSize = { first: number; most: number };

/** From a tenant without a rate; more from one that sends them in less than HASTE_MS, again and again. */
const BLOCK = 50;
const BLOCK_HASTE_MAX = 400;
const HASTE_MS = 100;

/** How much of a slow tenant's work is claimed at once. */
const CLAIM_SECONDS = 5;

/**
 * What is claimed counts as sent, and if this worker dies its successor settles each with one reading before it
 * sends: at 2 a second that is 10 to 15 readings. Less would cost a claim oftener: with 500 tenants at 2 a second,
 * 2 s' worth was 250 claims a second, 5 s' worth is 100. The first claim is 2 s' worth all the same, so that 500 runs
 * that begin at once do not ask for 5,000 operations before any of them sends. A pause or a stop does not wait for
 * what was claimed: what was not sent is given back.
 */
export function claimSize(rate: number | null, inFlightMax: number): ClaimSize {
  if (rate === null) return { first: BLOCK, most: BLOCK_HASTE_MAX };
  const worth = (seconds: number) => Math.min(BLOCK, Math.max(inFlightMax, Math.ceil(rate * seconds)));
  return { first: worth(2), most: worth(CLAIM_SECONDS) };
}

export type OperationSource = {
  /** An operation whose resource nobody is writing to. It stays busy until `done`. Null when there is none at hand. */
  take(): ClaimedOperation | null;
  done(operation: ClaimedOperation): void;
  /** Puts one back that was taken and not sent. */
  putBack(operation: ClaimedOperation): void;
  /** Claims another block, unless nothing is left; concurrent callers share one claim. Tells how many came. */
  claim(): Promise<number>;
  /** Something is to be tried again: there may be more to claim. */
  reopen(): void;
  isShort(): boolean;
  isIdle(): boolean;
  release(): Promise<void>;
};

/**
 * The claimed operations of a run, handed out so that two operations on one resource never run at the same time:
 * parallel writes to one group lost updates on real servers.
 */
export function createOperationSource(
  run: TakenRun,
  book: DependencyBook,
  { first, most }: ClaimSize,
): OperationSource {
  const waiting: ClaimedOperation[] = [];
  const busy = new Map<string, ClaimedOperation>();
  let claiming: Promise<number> | null = null;
  // Asking ahead after the last block would cost a statement for every operation that is left.
  let isExhausted = false;
  let size = first;
  let claimedMs = 0;
  // Each of the last operations would ask once more for nothing: 2,000 claims at the end of 500 runs.
  let isDrained = false;

  async function claimBlock(): Promise<number> {
    const askedMs = performance.now();
    // A block that lasts for less than the next one takes to come leaves every lane waiting.
    const isHasty = askedMs - claimedMs < HASTE_MS;
    if (claimedMs > 0 && (isHasty || size < Math.min(most, BLOCK))) size = Math.min(most, size * 2);
    claimedMs = askedMs;
    const { operations, known, isLast } = await claimOperations(run, size);
    for (const operation of operations) waiting.push(operation);
    book.turn([...waiting, ...busy.values()], known);
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
