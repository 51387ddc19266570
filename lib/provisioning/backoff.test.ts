import fc from "fast-check";
import { expect, test } from "vitest";
import { confirmDelayMs, cooldownMs, retryDelayMs } from "@/lib/provisioning/backoff";

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("a retry waits between nothing and min(5 min, 1 s doubled with each attempt)", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), chance, (attempt, random) => {
      const limitMs = Math.min(300_000, 1_000 * 2 ** (attempt - 1));
      expect(retryDelayMs(attempt, () => random)).toBe(Math.round(random * limitMs));
    }),
  );
});

test("a wait that the tenant named is kept as it is, by the operation and by the tenant", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      chance,
      fc.nat(900_000),
      (failures, random, retryAfterMs) => {
        expect(retryDelayMs(failures, () => random, retryAfterMs)).toBe(retryAfterMs);
        expect(cooldownMs(failures, retryAfterMs)).toBe(retryAfterMs);
      },
    ),
  );
});

test("a tenant that fails on is left alone longer and longer, half an hour at most", () => {
  const delays = Array.from({ length: 100 }, (_, failures) => cooldownMs(failures));
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(delays.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(delays.at(-1)).toBe(30 * 60_000);
});

test("what was accepted is looked at soon, then at growing distances, then every forty minutes for ever", () => {
  const delays = Array.from({ length: 50 }, (_, confirms) => confirmDelayMs(confirms));
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(delays[0]).toBe(1_000);
  expect(delays.at(-1)).toBe(40 * 60_000);
});
