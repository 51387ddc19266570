/** Of what is sent to a tenant in a minute, at most this share is sent again. */
const SHARE = 0.2;

/** A few retries are always free, or an operation that is alone could not be repeated at all. */
const FREE = 3;

const MINUTE_MS = 60_000;

type Repeatable = { state: string; delayMs: number; exchanges: readonly unknown[] };

export type RetryBudget = {
  /** Puts off the next try of a result that is to be sent again, and gives every other back as it is. */
  spread<Result extends Repeatable>(result: Result): Result;
};

/**
 * Keeps a tenant in trouble from being asked mostly what it has refused already: retries beyond a fifth of a minute's
 * requests wait for the minutes that have room for them. It counts one drive; the next begins with an empty bucket, and
 * between the two stands the cooldown of a drive that ended on a failure.
 * @param now milliseconds of a clock that never goes back.
 */
export function createRetryBudget(now: () => number): RetryBudget {
  let minute = { startedAt: now(), requests: 0, before: 0 };
  let owed = 0;
  let paidAt = minute.startedAt;

  /** How many retries a minute may hold, by the busier of this minute and the last. */
  function allowance(at: number): number {
    if (at - minute.startedAt >= MINUTE_MS) minute = { startedAt: at, requests: 0, before: minute.requests };
    return Math.max(FREE, Math.max(minute.requests, minute.before) * SHARE);
  }

  return {
    spread(result) {
      const at = now();
      minute.requests += result.exchanges.length;
      const allowed = allowance(at);
      owed = Math.max(0, owed - ((at - paidAt) / MINUTE_MS) * allowed);
      paidAt = at;
      const isRepeated = result.state === "queued" || result.state === "unknown";
      if (!isRepeated || result.exchanges.length === 0) return result;
      owed += 1;
      if (owed <= allowed) return result;
      const putOffMs = Math.round(((owed - allowed) / allowed) * MINUTE_MS);
      return { ...result, delayMs: Math.max(result.delayMs, putOffMs) };
    },
  };
}
