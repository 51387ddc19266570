import "server-only";
import { extendLeases, LEASE_MS } from "@/lib/engine/run/run-lease";
import { LeaseLostError, type TakenRun } from "@/lib/engine/run/taken-run";

const HEARTBEAT_MS = 2_000;

/** Requests are aborted this long before a lease ends, so that whoever takes the run finds none of ours under way. */
const MARGIN_MS = 500;

/** A heartbeat that got no answer for this long is not waited for any more: the next one is sent beside it. */
const STUCK_MS = 3 * HEARTBEAT_MS;

export type HeldLease = {
  /** Aborts when the lease is lost or not certain any more, with a LeaseLostError. */
  signal: AbortSignal;
  release(): void;
};

type Holder = {
  run: TakenRun;
  /** An operator wants the run, its tenant or everything to stand still. */
  stop(): void;
  /** Another worker has the run. */
  lose(error: LeaseLostError): void;
  extendedTo(expiryMs: number): void;
};

const holders = new Map<string, Holder>();
let heart: NodeJS.Timeout | null = null;
let beatSentMs: number | null = null;

/**
 * Keeps the lease of a run until it is released. All leases that this process holds are extended with one statement
 * every 2 s. When a heartbeat is late, the run's requests are aborted half a second before its lease ends, counted on
 * a clock that never jumps and from when the heartbeat was sent (invariant I4).
 * @param onStopped called when the run is to stand still, and again with each heartbeat until it is released
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
      // Heartbeats may overlap, and the answer to an older one must not shorten what a newer one has won.
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
    // A database that is away for a moment costs nothing: the next beat may be in time.
    .catch(() => undefined)
    .finally(() => {
      if (beatSentMs === sentMs) beatSentMs = null;
    });
}
