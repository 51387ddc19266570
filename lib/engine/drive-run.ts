import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { Scope } from "@/lib/auth/scope";
import type { KnowBe4Client } from "@/lib/knowbe4/client";
import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import { createDependencyTracker, type DependencyTracker } from "@/lib/engine/claim/dependencies";
import { claimSize, createOperationSource, type OperationSource } from "@/lib/engine/claim/operation-source";
import { createRateLimiter } from "@/lib/engine/send/rate-limiter";
import { perform } from "@/lib/engine/send/perform";
import { createRecorder, type Recorder } from "@/lib/engine/send/recorder";
import type { RetryBudget } from "@/lib/engine/health/retry-budget";
import type { TakenRun } from "@/lib/engine/run/taken-run";
import type { CircuitBreaker } from "@/lib/engine/health/circuit-breaker";

export type Drive = {
  scope: Scope;
  run: TakenRun;
  client: KnowBe4Client;
  /** Requests a second at the start; null means no limit. */
  rate: number | null;
  /** The upper limit for the rate during the drive. */
  rateMax: number | null;
  inFlightMax: number;
  watch: CircuitBreaker;
  /** Aborts requests: the lease is no longer certain. */
  signal: AbortSignal;
  /** Aborts waits for the rate: the drive ends, and requests in flight still get their answers. */
  halt: AbortSignal;
};

type Parts = {
  source: OperationSource;
  recorder: Recorder;
  dependencies: DependencyTracker;
  budget: RetryBudget;
};

/**
 * Drives one taken run until nothing of it is due, the tenant must be left alone, or the lease is lost.
 *
 * Senders, one per request that may be in flight, take claimed operations, send them and pass the results to one
 * recorder. Claims and results go to the database together with those of the worker's other runs and never delay a
 * request. A crash at any line leaves operations marked sent; the run's next holder settles them by reading.
 * @throws LeaseLostError, and any error of the database.
 */
export async function driveRun(drive: Drive): Promise<void> {
  const { scope, run, watch, signal } = drive;
  const dependencies = createDependencyTracker();
  const parts: Parts = {
    dependencies,
    source: createOperationSource(run, dependencies, claimSize(drive.rate, drive.inFlightMax)),
    recorder: createRecorder(scope, run, watch.notify, watch.fail),
    budget: watch.budget,
  };
  const limiter = createRateLimiter(drive.rate, () => performance.now(), drive.rateMax);
  signal.addEventListener("abort", watch.notify, { once: true });
  await Promise.all(
    Array.from({ length: drive.inFlightMax }, () => runSender(drive, parts, limiter).catch(watch.fail)),
  );
  signal.removeEventListener("abort", watch.notify);
  watch.throwIfFailed();
  await parts.recorder.flush();
  if (!signal.aborted) await parts.source.release();
}

async function runSender(drive: Drive, parts: Parts, limiter: { delayMs(): number }): Promise<void> {
  const { watch, signal, halt } = drive;
  for (let operation = await next(drive, parts); operation; operation = await next(drive, parts)) {
    await parts.recorder.room();
    const delayMs = limiter.delayMs();
    if (delayMs > 0) await wait(delayMs, undefined, { signal: halt }).catch(() => undefined);
    if (signal.aborted || watch.isStopped()) return parts.source.putBack(operation);

    const performing = { signal, random: Math.random };
    const { result, tenant } = await perform(drive.client, operation, parts.dependencies, performing);
    parts.source.done(operation);
    // After an abort the outcome is unknown: the row stays marked sent and is settled later.
    if (signal.aborted) return;
    const spread = parts.budget.spread(result);
    if (spread.state === "queued" || spread.state === "unknown") parts.source.reopen();
    parts.recorder.add(spread);
    watch.note(tenant, result);
  }
}

/** Gives the next operation, waiting if necessary; null when the drive has none left. */
async function next({ watch, signal }: Drive, { source, recorder }: Parts): Promise<ClaimedOperation | null> {
  for (;;) {
    if (signal.aborted || watch.isStopped()) return null;
    const operation = source.take();
    if (operation) {
      if (source.isShort()) source.claim().then(watch.notify, watch.fail);
      return operation;
    }
    if ((await source.claim()) > 0) continue;
    if (source.isIdle()) {
      await recorder.flush();
      // The results just written may have freed operations that depend on them.
      if ((await source.claim()) === 0) return null;
    } else if (!hasWork(source)) {
      await watch.changed();
    }
  }
}

/**
 * Whether a resource became free while the claim was on its way: its notification has passed, so waiting would hang.
 */
function hasWork(source: OperationSource): boolean {
  const operation = source.take();
  if (operation) source.putBack(operation);
  return operation !== null;
}
