import fc from "fast-check";
import { expect, test } from "vitest";
import { createRateLimiter } from "@/lib/engine/send/rate-limiter";
import { propertyRuns } from "@/test/run-length";

/** Sends requests one after another on a clock of its own; each takes its time after the limiter allowed it. */
function send(rate: number, pausesMs: readonly number[]): number[] {
  let nowMs = 50_000;
  const limiter = createRateLimiter(rate, () => nowMs);
  return pausesMs.map((pauseMs) => {
    nowMs += pauseMs;
    nowMs += limiter.delayMs();
    return nowMs;
  });
}

test("in any second at most the rate is sent, plus one second's worth as a burst", () => {
  const pauses = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 })), { maxLength: 200 });
  fc.assert(
    fc.property(fc.double({ min: 0.2, max: 200, noNaN: true }), pauses, (rate, pausesMs) => {
      const sentAt = send(rate, pausesMs);
      for (const [index, atMs] of sentAt.entries()) {
        for (const [later, laterMs] of sentAt.slice(index).entries()) {
          const count = later + 1;
          // Half a millisecond of rounding at the edge of the window.
          expect(count).toBeLessThanOrEqual(Math.floor(((laterMs - atMs + 0.5) / 1_000) * rate + rate) + 1);
        }
      }
    }),
    { numRuns: propertyRuns(50) },
  );
});

test("after the burst a busy sender is spaced evenly", () => {
  const sentAt = send(
    2,
    Array.from({ length: 8 }, () => 0),
  );
  const gaps = sentAt.slice(1).map((atMs, index) => atMs - (sentAt[index] ?? 0));
  expect(gaps.slice(2)).toEqual([500, 500, 500, 500, 500]);
});

test("several senders that ask at one moment get different moments", () => {
  const limiter = createRateLimiter(4, () => 0);
  const delays = Array.from({ length: 8 }, () => limiter.delayMs());
  expect(delays.slice(-4)).toEqual([250, 500, 750, 1_000]);
});

test("without a rate nobody waits", () => {
  const limiter = createRateLimiter(null, () => 0);
  expect([limiter.delayMs(), limiter.delayMs()]).toEqual([0, 0]);
});

test("each clean minute of a drive raises the rate by a tenth, up to what operators allow", () => {
  let now = 0;
  const limiter = createRateLimiter(1, () => now, 1.15);
  const gaps = [0, 1, 2, 60].map((minutes) => {
    now = minutes * 60_000;
    // The burst saved during the idle time is spent first.
    while (limiter.delayMs() === 0);
    const first = limiter.delayMs();
    return limiter.delayMs() - first;
  });
  expect(gaps.map(Math.round)).toEqual([1_000, 909, 870, 870]);
});
