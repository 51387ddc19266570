import type { CatalogueCode } from "@/lib/knowbe4/catalogue";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const STEPS_MS = [15 * MINUTE_MS, 60 * MINUTE_MS, 6 * 60 * MINUTE_MS, DAY_MS];

/** After this long in quarantine a tenant is not probed by itself any more (Entra disables a job after four weeks). */
const PROBED_DAYS = 28;

/**
 * When a quarantined tenant is probed next: after 15 min, 1 h, 6 h, then every 24 h, and for the last time when it has
 * been there for 28 days. (Entra retries after 6, 12, 24 h; our tenants are small, and a token that was switched on
 * again should not cost an MSP half a day.)
 * @param probes how often it was probed since it was quarantined.
 * @returns null when that is over and a person has to try it.
 */
export function probeDelayMs(probes: number, quarantinedMs: number): number | null {
  const leftMs = PROBED_DAYS * DAY_MS - quarantinedMs;
  if (leftMs <= 0) return null;
  return Math.min(leftMs, STEPS_MS[probes] ?? DAY_MS);
}

/** What a quarantine's issue says of what comes next. */
export function toNextWords(reason: CatalogueCode, delayMs: number | null): string {
  if (delayMs === null) {
    return `It has been in quarantine for ${PROBED_DAYS} days and is not probed by itself any more: try it again by hand, or save a new token.`;
  }
  if (reason === "failing-run") {
    return "It is tried by itself with a few operations, less and less often, and goes on when they are accepted.";
  }
  return "It is probed by itself, less and less often, and goes on when it answers.";
}
