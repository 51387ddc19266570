import fc from "fast-check";
import { expect, test } from "vitest";
import { createRetryBudget } from "@/lib/engine/health/retry-budget";
import { NO_HEALTH_RECORD } from "@/lib/tenants/health";

const failed = { state: "unknown", delayMs: 100, exchanges: [{}] };
const accepted = { state: "accepted", delayMs: 0, exchanges: [{}] };

test("three retries are free, and later ones wait for a minute with room", () => {
  const budget = createRetryBudget(() => 0, NO_HEALTH_RECORD);
  expect([1, 2, 3, 4, 5].map(() => budget.spread(failed).delayMs)).toEqual([100, 100, 100, 20_000, 40_000]);
});

test("unsent and accepted operations cost nothing", () => {
  const budget = createRetryBudget(() => 0, NO_HEALTH_RECORD);
  for (let count = 1; count <= 50; count += 1) {
    expect(budget.spread({ state: "queued", delayMs: 5_000, exchanges: [] }).delayMs).toBe(5_000);
    expect(budget.spread(accepted)).toBe(accepted);
  }
  expect(budget.spread(failed).delayMs).toBe(100);
});

test("in every minute at most a fifth of the requests are retries, beyond the three that are free", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(500), fc.boolean()), { maxLength: 800 }), (answers) => {
      let now = 0;
      const budget = createRetryBudget(() => now, NO_HEALTH_RECORD);
      const dueAt: number[] = [];
      for (const [pauseMs, isFailure] of answers) {
        now += pauseMs;
        const { delayMs } = budget.spread(isFailure ? failed : accepted);
        if (isFailure) dueAt.push(now + delayMs);
      }
      const most = Math.max(
        0,
        ...dueAt.map((from) => dueAt.filter((at) => at >= from && at < from + 60_000).length),
      );
      // The bucket holds one allowance and gains another while a minute passes.
      expect(most).toBeLessThanOrEqual(2 * Math.max(3, answers.length * 0.2) + 1);
    }),
  );
});

test("a drive continues with the previous one's debt and requests, less what the time between them paid", () => {
  const first = createRetryBudget(() => 0, NO_HEALTH_RECORD);
  for (let count = 1; count <= 5; count += 1) first.spread(failed);
  const budget = first.record();
  expect(budget).toEqual({ minuteMs: 0, requests: 5, before: 0, owed: 5 });
  // Five are owed: the sixth finds room three minutes from now, a third of a minute for each.
  expect(createRetryBudget(() => 7, { budget, ageMs: 0 }).spread(failed).delayMs).toBe(60_000);
  expect(createRetryBudget(() => 7, { budget, ageMs: 20_000 }).spread(failed).delayMs).toBe(40_000);
  expect(createRetryBudget(() => 7, { budget, ageMs: 3_600_000 }).spread(failed).delayMs).toBe(100);
  expect(createRetryBudget(() => 7, { budget, ageMs: 3_600_000 }).record()).toEqual({
    minuteMs: 0,
    requests: 0,
    before: 0,
    owed: 0,
  });
});

test("a minute's requests count for all drives of that minute", () => {
  const first = createRetryBudget(() => 0, NO_HEALTH_RECORD);
  for (let count = 1; count <= 100; count += 1) first.spread(accepted);
  const second = createRetryBudget(() => 30_000, { budget: first.record(), ageMs: 30_000 });
  // A fifth of a hundred and of the retries themselves.
  const delays = Array.from({ length: 30 }, () => second.spread(failed).delayMs);
  expect(delays.filter((delayMs) => delayMs === 100)).toHaveLength(25);
});
