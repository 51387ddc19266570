/** The number of counted failures after which an operation fails for good. */
export const ATTEMPTS_MAX = 8;

const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 5 * 60_000;

/**
 * When to retry after a counted failure: full jitter, `random() × min(5 min, 1 s × 2^(attempt-1))`. Full jitter spreads
 * the tenants that one outage stopped at the same moment. A delay that the tenant asked for is used unchanged.
 * @returns milliseconds
 */
export function retryDelayMs(attempt: number, random: () => number, retryAfterMs?: number): number {
  if (retryAfterMs !== undefined) return retryAfterMs;
  return Math.round(random() * Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.max(0, attempt - 1)));
}

const CONFIRM_STEPS_MS = [1_000, 2_000, 3_000, 5_000, 8_000, 15_000, 30_000, 60_000, 5 * 60_000, 15 * 60_000];
const CONFIRM_LAST_MS = 40 * 60_000;

/**
 * When to read back next. KnowBe4 does not publish its sync times, so: soon at first, because an operator is watching,
 * then at the interval of the slowest source it documents (Entra's cycle of about 40 minutes).
 * @param confirms how often the operation was read back already.
 * @returns milliseconds
 */
export function confirmDelayMs(confirms: number): number {
  return CONFIRM_STEPS_MS[confirms] ?? CONFIRM_LAST_MS;
}

const WAITING_FIRST_MS = 5_000;
/** An operation that waits for an id for this long ends: the person or group has not been shown for a whole day. */
export const WAITING_MAX_MS = 24 * 3_600_000;

/**
 * When an operation that waits for an id is tried again: after 5 s, then each time after as long as it has waited, at
 * most 40 min, the longest interval of reading back. A try costs a claim and no request.
 * @param openMs since it was first claimed.
 * @returns milliseconds
 */
export function waitingDelayMs(openMs: number): number {
  return Math.min(CONFIRM_LAST_MS, Math.max(WAITING_FIRST_MS, Math.round(openMs)));
}

/** Failures of the last ten answers that open a tenant's breaker; the same number in a row in its row means open. */
export const BREAKER_FAILURES = 5;

const BREAKER_FIRST_MS = 30_000;
const COOLDOWN_MIN_MS = 1_000;
const COOLDOWN_MAX_MS = 30 * 60_000;

/**
 * The cooldown after failures in a row that concern the tenant itself, with full jitter. Below BREAKER_FAILURES it is
 * at most `1 s × 2^failures`; from there on the breaker is open: at most 30 s, doubling to 30 min. Never less than a
 * second, because a low random number would mean no wait at all. A wait that the tenant asked for is used unchanged.
 * @returns milliseconds
 */
export function cooldownMs(failures: number, random: () => number, retryAfterMs?: number): number {
  if (retryAfterMs !== undefined) return retryAfterMs;
  const isOpen = failures >= BREAKER_FAILURES;
  const limitMs = isOpen ? BREAKER_FIRST_MS * 2 ** (failures - BREAKER_FAILURES) : 1_000 * 2 ** failures;
  return Math.max(COOLDOWN_MIN_MS, Math.round(random() * Math.min(COOLDOWN_MAX_MS, limitMs)));
}
