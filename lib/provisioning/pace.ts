/**
 * Spaces the writes of one tenant: at most `rate` a second, evenly, with a burst of one second's worth at the start.
 * One run of a tenant is driven at a time, so a counter in memory is enough; what must outlive the process (cooldowns)
 * is in the database.
 * @param rate requests a second; null means no limit.
 * @param now milliseconds of a clock that never goes back.
 */
export function createPace(rate: number | null, now: () => number): { delayMs(): number } {
  if (rate === null) return { delayMs: () => 0 };
  const spacingMs = 1_000 / rate;
  let next = now() - 1_000;
  return {
    delayMs() {
      next = Math.max(next + spacingMs, now() - 1_000 + spacingMs);
      return Math.max(0, next - now());
    },
  };
}
