import { setTimeout as delay } from "node:timers/promises";
import { SealRefusedError } from "@/lib/audit/log/seal-refused-error";
import { log } from "@/lib/log";
import type { SealAlarm } from "@/worker/seal-alarm";

type SealLoop = {
  /** One round; returns how many events it sealed. */
  seal: () => Promise<number>;
  alarm: SealAlarm;
  signal: AbortSignal;
  intervalMs: number;
  /** The longest wait after failures in a row; the first wait is `intervalMs` and each is twice the one before. */
  backoffMaxMs: number;
};

/**
 * Seals until the signal, without pause while there is something to seal. A failed round is retried at growing
 * intervals: the database restarts, a disk fills, and an operator who fixed a refusal should not have to restart the
 * sealer. Meanwhile events wait in the outbox; nothing is lost.
 */
export async function runSealLoop({
  seal,
  alarm,
  signal,
  intervalMs,
  backoffMaxMs,
}: SealLoop): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let count = 0;
    try {
      count = await seal();
      if (failures > 0) log.info({ process: "sealer", attempt: failures }, "sealing again");
      failures = 0;
      await alarm.quiet();
      if (count > 0) log.debug({ process: "sealer", count }, "sealed");
    } catch (err) {
      failures += 1;
      const said = err instanceof SealRefusedError ? err.message : "sealing failed, retrying";
      log.error({ process: "sealer", attempt: failures, err }, said);
      await alarm.raise(err);
    }
    if (count === 0) await pause(Math.min(backoffMaxMs, intervalMs * 2 ** Math.max(0, failures - 1)), signal);
  }
}

/** Ends early, without an error, at the signal. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
