import { describe, expect, test } from "vitest";
import { median, percentile } from "@/bench/statistics";

describe("median", () => {
  test("is the value in the middle, whatever the order", () => {
    expect(median([30, 1, 2])).toBe(2);
    expect(median([7])).toBe(7);
  });

  test("of an even number is the mean of the two in the middle", () => {
    expect(median([4, 1, 100, 2])).toBe(3);
  });

  test("sorts as numbers and does not change its input", () => {
    const given = [100, 9, 20];
    expect(median(given)).toBe(20);
    expect(given).toEqual([100, 9, 20]);
  });

  test("of nothing is refused", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("percentile", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  test("is a value that was measured, by nearest rank", () => {
    expect(percentile(hundred, 50)).toBe(50);
    expect(percentile(hundred, 95)).toBe(95);
    expect(percentile([3, 1, 2], 95)).toBe(3);
    expect(percentile([3, 1, 2, 4], 50)).toBe(2);
  });

  test("has the smallest and the largest value at its ends", () => {
    expect(percentile(hundred, 0)).toBe(1);
    expect(percentile(hundred, 100)).toBe(100);
  });

  test("of nothing is refused", () => {
    expect(() => percentile([], 50)).toThrow(RangeError);
  });
});
