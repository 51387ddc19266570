import fc from "fast-check";
import { expect, test } from "vitest";
import { createRetryBudget } from "@/lib/provisioning/run/retry-budget";

const failed = { state: "unknown", delayMs: 100, exchanges: [{}] };
const accepted = { state: "accepted", delayMs: 0, exchanges: [{}] };

test("three retries are free, and later ones wait for a minute with room", () => {
  const budget = createRetryBudget(() => 0);
  expect([1, 2, 3, 4, 5].map(() => budget.spread(failed).delayMs)).toEqual([100, 100, 100, 20_000, 40_000]);
});

test("what was not sent and what was accepted cost nothing", () => {
  const budget = createRetryBudget(() => 0);
  for (let count = 1; count <= 50; count += 1) {
    expect(budget.spread({ state: "queued", delayMs: 5_000, exchanges: [] }).delayMs).toBe(5_000);
    expect(budget.spread(accepted)).toBe(accepted);
  }
  expect(budget.spread(failed).delayMs).toBe(100);
});

test("in no minute more than a fifth of the requests are retries, beyond the three that are free", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(500), fc.boolean()), { maxLength: 800 }), (answers) => {
      let now = 0;
      const budget = createRetryBudget(() => now);
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
      // The bucket holds one allowance and takes in another while a minute passes.
      expect(most).toBeLessThanOrEqual(2 * Math.max(3, answers.length * 0.2) + 1);
    }),
  );
});
