import fc from "fast-check";
import { expect, test } from "vitest";
import { BREAKER_FAILURES, confirmDelayMs, cooldownMs, retryDelayMs } from "@/lib/engine/run/backoff";

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("a retry waits between nothing and min(5 min, 1 s doubled with each attempt)", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), chance, (attempt, random) => {
      const limitMs = Math.min(300_000, 1_000 * 2 ** (attempt - 1));
      expect(retryDelayMs(attempt, () => random)).toBe(Math.round(random * limitMs));
    }),
  );
});

test("a wait that the tenant asked for is used unchanged, by the operation and by the tenant", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      chance,
      fc.nat(900_000),
      (failures, random, retryAfterMs) => {
        expect(retryDelayMs(failures, () => random, retryAfterMs)).toBe(retryAfterMs);
        expect(cooldownMs(failures, () => random, retryAfterMs)).toBe(retryAfterMs);
      },
    ),
  );
});

test("an open breaker waits up to 30 s, twice that with each failure, at most half an hour, and never zero", () => {
  fc.assert(
    fc.property(fc.nat(2_000), chance, (more, random) => {
      const limitMs = Math.min(30 * 60_000, 30_000 * 2 ** more);
      const delayMs = cooldownMs(BREAKER_FAILURES + more, () => random);
      expect(delayMs).toBe(Math.max(1_000, Math.round(random * limitMs)));
    }),
  );
});

test("a tenant that failed once or twice is on cooldown for seconds", () => {
  expect([1, 2, 3, 4].map((failures) => cooldownMs(failures, () => 0.999_999))).toEqual([
    2_000, 4_000, 8_000, 16_000,
  ]);
});

test("accepted operations are read soon, then at growing intervals, then every forty minutes", () => {
  const delays = Array.from({ length: 50 }, (_, confirms) => confirmDelayMs(confirms));
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(delays[0]).toBe(1_000);
  expect(delays.at(-1)).toBe(40 * 60_000);
});
