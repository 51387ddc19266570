import { expect, test } from "vitest";
import { toLimitWords, toSeatsTaken, toSeatsWords } from "@/components/rails/rails-words";

test("a limit is given in people, as the larger of its two parts", () => {
  expect(toLimitWords({ min: 3, share: 0.1 }, 421)).toMatch(
    /^more than 42 people: 3, or 10 % of 421 active ones/,
  );
  expect(toLimitWords({ min: 3, share: 0.1 }, 9)).toMatch(/^more than 3 people/);
  expect(toLimitWords({ min: 0, share: 0 }, 421)).toMatch(/^more than 0 people/);
  expect(toLimitWords({ min: 3, share: 0.025 }, null)).toContain("2.5 %");
});

test("seats that are not recorded do not count as zero", () => {
  expect(toSeatsWords(40, null)).toContain("is not recorded");
  expect(toSeatsTaken(40, null)).toBeNull();
  expect(toSeatsWords(40, 50)).toBe("40 people are active on 50 seats: 10 free.");
  expect(toSeatsTaken(40, 50)).toBe(80);
});

test("more people than seats is said, and the bar stops at full", () => {
  expect(toSeatsWords(52, 50)).toBe("52 people are active on 50 seats: 2 too many.");
  expect(toSeatsTaken(52, 50)).toBe(100);
  expect(toSeatsTaken(1, 0)).toBe(100);
});
