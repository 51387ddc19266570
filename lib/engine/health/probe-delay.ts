import type { CatalogueCode } from "@/lib/knowbe4/catalogue";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const STEPS_MS = [15 * MINUTE_MS, 60 * MINUTE_MS, 6 * 60 * MINUTE_MS, DAY_MS];

/** After this many days in quarantine automatic probes end (Entra disables a job after four weeks). */
const PROBED_DAYS = 28;

/**
 * When to probe a quarantined tenant next: after 15 min, 1 h, 6 h, then every 24 h, the last time after 28 days.
 * (Entra retries after 6, 12, 24 h; our tenants are small, and a token that was enabled again should not cost an MSP
 * half a day.)
 * @param probes number of probes since the quarantine began.
 * @returns milliseconds, or null when automatic probes have ended and a person has to try.
 */
export function probeDelayMs(probes: number, quarantinedMs: number): number | null {
  const leftMs = PROBED_DAYS * DAY_MS - quarantinedMs;
  if (leftMs <= 0) return null;
  return Math.min(leftMs, STEPS_MS[probes] ?? DAY_MS);
}

/** The sentence in a quarantine's issue about the next step. */
export function toNextWords(reason: CatalogueCode, delayMs: number | null): string {
  if (delayMs === null) {
    return `It has been in quarantine for ${PROBED_DAYS} days, so Rollcall no longer probes it. Try it again by hand, or save a new token.`;
  }
  if (reason === "failing-run") {
    return "Rollcall retries with a few operations, at longer intervals, and continues when they are accepted.";
  }
  return "Rollcall probes it at longer intervals, and continues when it answers.";
}
