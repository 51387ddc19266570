import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { Scope } from "@/lib/auth/scope";
import type { KnowBe4Client } from "@/lib/knowbe4/client";
import type { ClaimedOperation } from "@/lib/provisioning/claim";
import { createDependencyBook, type DependencyBook } from "@/lib/provisioning/dependencies";
import { claimSize, createOperationSource, type OperationSource } from "@/lib/provisioning/operation-source";
import { createPace } from "@/lib/provisioning/pace";
import { perform } from "@/lib/provisioning/perform";
import { createRecorder, type Recorder } from "@/lib/provisioning/recorder";
import type { TakenRun } from "@/lib/provisioning/run-lease";
import type { TenantWatch } from "@/lib/provisioning/tenant-watch";

export type Drive = {
  scope: Scope;
  run: TakenRun;
  client: KnowBe4Client;
  /** Requests a second; null means no limit. */
  rate: number | null;
  inFlightMax: number;
  watch: TenantWatch;
  /** Aborts requests: the lease is not certain any more, or the process ends. */
  signal: AbortSignal;
};

type Parts = { source: OperationSource; recorder: Recorder; book: DependencyBook };

/**
 * Drives one taken run until nothing of it is due, the tenant must be left alone, or the lease is lost.
 *
 * Lanes, one for each request that may be in flight, take claimed operations, send them and hand the results to one
 * recorder. The database is asked a few times for fifty operations and never holds a request up. A crash at any line
 * leaves operations that are marked sent, and the next holder of the run settles those by reading.
 * @throws LeaseLostError, and whatever the database throws.
 */
export async function driveRun(drive: Drive): Promise<void> {
  const { scope, run, watch, signal } = drive;
  const book = createDependencyBook();
  const parts: Parts = {
    book,
    source: createOperationSource(scope, run, book, claimSize(drive.rate, drive.inFlightMax)),
    recorder: createRecorder(scope, run, book),
  };
  const pace = createPace(drive.rate, () => performance.now());
  signal.addEventListener("abort", watch.notify, { once: true });
  await Promise.all(
    Array.from({ length: drive.inFlightMax }, () => runLane(drive, parts, pace).catch(watch.fail)),
  );
  signal.removeEventListener("abort", watch.notify);
  watch.throwIfFailed();
  await parts.recorder.flush();
  if (!signal.aborted) await parts.source.release();
}

async function runLane(drive: Drive, parts: Parts, pace: { delayMs(): number }): Promise<void> {
  const { watch, signal } = drive;
  for (let operation = await next(drive, parts); operation; operation = await next(drive, parts)) {
    const delayMs = pace.delayMs();
    if (delayMs > 0) await wait(delayMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted || watch.isStopped()) return parts.source.putBack(operation);

    const { result, tenant } = await perform(drive.client, operation, parts.book, signal, Math.random);
    parts.source.done(operation);
    // After an abort nobody knows what the tenant did: the row stays marked sent and is settled later.
    if (signal.aborted) return;
    parts.recorder.add(result);
    watch.note(tenant, result.reason);
    parts.recorder.flush().then(watch.notify, watch.fail);
  }
}

/** The next operation, waiting for one if need be; null when there is none left for this drive. */
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
      // What was just written may have freed operations that depend on it.
      if ((await source.claim()) === 0) return null;
    } else if (!hasWork(source)) {
      await watch.changed();
    }
  }
}

/** Whether a resource came free while we asked the database: waiting then would wait for news that has passed. */
function hasWork(source: OperationSource): boolean {
  const operation = source.take();
  if (operation) source.putBack(operation);
  return operation !== null;
}
