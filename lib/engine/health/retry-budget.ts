import type { BudgetRecord, RestoredHealth } from "@/lib/tenants/health";

/** The largest share of a minute's requests that may be retries. */
const SHARE = 0.2;

/** A few retries are always free; otherwise a single operation could never be retried. */
const FREE = 3;

const MINUTE_MS = 60_000;

type Repeatable = { state: string; delayMs: number; exchanges: readonly unknown[] };

export type RetryBudget = {
  /** Postpones a result that will be retried; returns every other unchanged. */
  spread<Result extends Repeatable>(result: Result): Result;
  /** What the tenant's next drive needs to know. */
  record(): BudgetRecord;
};

/**
 * Limits retries, so that a failing tenant does not mostly receive requests that it has already refused: retries beyond
 * a fifth of a minute's requests wait for later minutes.
 * @param now milliseconds of a monotonic clock.
 * @param remembered the state that the tenant's last drive left, and its age.
 */
export function createRetryBudget(
  now: () => number,
  { budget: { minuteMs, requests, before, owed: owedThen }, ageMs }: Pick<RestoredHealth, "budget" | "ageMs">,
): RetryBudget {
  let paidAt = now() - ageMs;
  let minute = { startedAt: paidAt - minuteMs, requests, before };
  let owed = owedThen;

  /** The number of retries that a minute may hold, by the busier of this minute and the last. */
  function allowance(at: number): number {
    const minutes = Math.floor((at - minute.startedAt) / MINUTE_MS);
    if (minutes >= 1) minute = { startedAt: at, requests: 0, before: minutes === 1 ? minute.requests : 0 };
    return Math.max(FREE, Math.max(minute.requests, minute.before) * SHARE);
  }

  function pay(at: number): number {
    const allowed = allowance(at);
    owed = Math.max(0, owed - ((at - paidAt) / MINUTE_MS) * allowed);
    paidAt = at;
    return allowed;
  }

  return {
    spread(result) {
      const at = now();
      minute.requests += result.exchanges.length;
      const allowed = pay(at);
      const isRepeated = result.state === "queued" || result.state === "unknown";
      if (!isRepeated || result.exchanges.length === 0) return result;
      owed += 1;
      if (owed <= allowed) return result;
      const putOffMs = Math.round(((owed - allowed) / allowed) * MINUTE_MS);
      return { ...result, delayMs: Math.max(result.delayMs, putOffMs) };
    },
    record() {
      const at = now();
      pay(at);
      const { startedAt, requests, before } = minute;
      return { minuteMs: Math.round(at - startedAt), requests, before, owed: Math.round(owed * 100) / 100 };
    },
  };
}
