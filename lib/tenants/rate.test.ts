import fc from "fast-check";
import { expect, test } from "vitest";
import { halvedRate, RATE_MIN, raisedRate } from "@/lib/tenants/rate";

const minuteMs = 60_000;

test("a clean minute adds a tenth, a part of one nothing, and the allowed rate is never exceeded", () => {
  expect(raisedRate({ rate: 1, rateMax: 2, cleanMs: minuteMs - 1 })).toBe(1);
  expect(raisedRate({ rate: 1, rateMax: 2, cleanMs: 2 * minuteMs })).toBeCloseTo(1.21);
  expect(raisedRate({ rate: 1, rateMax: 2, cleanMs: 60 * minuteMs })).toBe(2);
  expect(raisedRate({ rate: 1, rateMax: null, cleanMs: 2 * minuteMs })).toBeCloseTo(1.21);
});

test("a tenant without a limit has none until a 429 sets one, from the measured rate or from a first guess", () => {
  const unlimited = { rate: null, rateMax: null, cleanMs: 0 };
  expect(raisedRate(unlimited)).toBeNull();
  expect(halvedRate(unlimited, 40)).toBe(20);
  expect(halvedRate(unlimited, null)).toBe(1);
});

test("any sequence of 429s and clean minutes keeps the rate between the minimum and the allowed rate", () => {
  const steps = fc.array(fc.oneof(fc.constant("429"), fc.nat(10_000 * minuteMs)));
  fc.assert(
    fc.property(steps, fc.double({ min: RATE_MIN, max: 1_000, noNaN: true }), (given, rateMax) => {
      let rate: number | null = rateMax;
      for (const step of given) {
        const before: number | null = rate;
        rate =
          step === "429"
            ? halvedRate({ rate, rateMax, cleanMs: 0 }, null)
            : raisedRate({ rate, rateMax, cleanMs: Number(step) });
        if (step === "429") expect(rate).toBe(Math.max(RATE_MIN, (before ?? 0) / 2));
        else expect(rate).toBeGreaterThanOrEqual(before ?? 0);
        expect(rate).toBeGreaterThanOrEqual(RATE_MIN);
        expect(rate).toBeLessThanOrEqual(rateMax);
      }
    }),
  );
});
