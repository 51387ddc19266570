import "server-only";
import { extendLeases, LEASE_MS } from "@/lib/engine/run/run-lease";
import { LeaseLostError, type TakenRun } from "@/lib/engine/run/taken-run";

const HEARTBEAT_MS = 2_000;

/** Requests are aborted this long before a lease ends, so that the next holder finds none of ours under way. */
const MARGIN_MS = 500;

/** After this long without an answer a heartbeat is not waited for: the next one is sent beside it. */
const STUCK_MS = 3 * HEARTBEAT_MS;

export type HeldLease = {
  /** Aborts with a LeaseLostError when the lease is lost or no longer certain. */
  signal: AbortSignal;
  release(): void;
};

type Holder = {
  run: TakenRun;
  /** An operator paused the run, its tenant or the fleet. */
  stop(): void;
  /** Another worker has the run. */
  lose(error: LeaseLostError): void;
  extendedTo(expiryMs: number): void;
};

const holders = new Map<string, Holder>();
let heart: NodeJS.Timeout | null = null;
let beatSentMs: number | null = null;

/**
 * Keeps a run's lease until it is released. One statement every 2 s extends all leases that this process holds. When
 * a heartbeat is late, the run's requests are aborted half a second before its lease ends, measured on a monotonic
 * clock from when the heartbeat was sent (invariant I4).
 * @param onStopped called when the run should pause, and again with each heartbeat until it is released
 * @param onLost called once, when another worker has the run
 */
export function holdLease(run: TakenRun, onStopped: () => void, onLost: (error: Error) => void): HeldLease {
  const controller = new AbortController();
  let expiryMs = Number.NEGATIVE_INFINITY;
  let expiry: NodeJS.Timeout | undefined;
  const holder: Holder = {
    run,
    stop: onStopped,
    lose(error) {
      controller.abort(error);
      onLost(error);
    },
    extendedTo(ms) {
      // Heartbeats may overlap; the answer to an older one must not shorten the expiry that a newer one set.
      if (ms <= expiryMs) return;
      expiryMs = ms;
      clearTimeout(expiry);
      expiry = setTimeout(() => controller.abort(new LeaseLostError()), expiryMs - performance.now());
    },
  };
  holder.extendedTo(run.askedMs + LEASE_MS - MARGIN_MS);
  holders.set(run.id, holder);
  heart ??= setInterval(beat, HEARTBEAT_MS);
  return {
    signal: controller.signal,
    release() {
      clearTimeout(expiry);
      if (holders.get(run.id) === holder) holders.delete(run.id);
      if (holders.size > 0 || !heart) return;
      clearInterval(heart);
      heart = null;
    },
  };
}

function beat(): void {
  const sentMs = performance.now();
  if (beatSentMs !== null && sentMs - beatSentMs < STUCK_MS) return;
  beatSentMs = sentMs;
  const asked = [...holders.values()];
  extendLeases(asked.map(({ run }) => run))
    .then((answers) => {
      for (const holder of asked) {
        if (holders.get(holder.run.id) !== holder) continue;
        const answer = answers.get(holder.run.id);
        if (answer === "lost") holder.lose(new LeaseLostError());
        if (answer === "stopped") holder.stop();
        if (answer === "go-on" || answer === "stopped") holder.extendedTo(sentMs + LEASE_MS - MARGIN_MS);
      }
    })
    // A short database outage is harmless: the next heartbeat may be in time.
    .catch(() => undefined)
    .finally(() => {
      if (beatSentMs === sentMs) beatSentMs = null;
    });
}
