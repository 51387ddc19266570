import type { CatalogueCode } from "@/lib/knowbe4/catalogue";

const MINUTE_MS = 60_000;
const STEPS_MS = [15 * MINUTE_MS, 60 * MINUTE_MS, 6 * 60 * MINUTE_MS, 24 * 60 * MINUTE_MS];

/**
 * When a quarantined tenant is probed next: after 15 min, 1 h, 6 h, then every 24 h. (Entra retries after 6, 12, 24 h;
 * our tenants are small, and a token that was switched on again should not cost an MSP half a day.)
 * @param probes how often it was probed since it was quarantined.
 */
export function probeDelayMs(probes: number): number {
  return STEPS_MS[probes] ?? STEPS_MS.at(-1) ?? 0;
}

/** Null for a run that failed too much: the tenant answers, so a probe would only let the same run fail on. */
export function firstProbeMs(reason: CatalogueCode): number | null {
  return reason === "failing-run" ? null : probeDelayMs(0);
}
