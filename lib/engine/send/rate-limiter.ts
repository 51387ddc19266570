import { raisedRate } from "@/lib/tenants/rate";

/**
 * Spaces the writes of one tenant evenly: at most `rate` a second, with a burst of one second's worth at the start.
 * Only one run of a tenant is driven at a time, so a counter in memory is enough; cooldowns, which must outlive the
 * process, are in the database. A 429 ends the drive, so every minute of a drive is clean and raises the rate.
 * @param rate requests a second; null means no limit.
 * @param now milliseconds of a monotonic clock.
 * @param rateMax upper limit for the rate; null means none.
 */
export function createRateLimiter(
  rate: number | null,
  now: () => number,
  rateMax: number | null = rate,
): { delayMs(): number } {
  if (rate === null) return { delayMs: () => 0 };
  const startedAt = now();
  let next = startedAt - 1_000;
  return {
    delayMs() {
      const spacingMs = 1_000 / (raisedRate({ rate, rateMax, cleanMs: now() - startedAt }) ?? rate);
      next = Math.max(next + spacingMs, now() - 1_000 + spacingMs);
      return Math.max(0, next - now());
    },
  };
}
