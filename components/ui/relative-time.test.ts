import { expect, test } from "vitest";
import { toRelativeTime, toUtcClock, toUtcStamp, toUtcTime } from "@/components/ui/relative-time";

const now = new Date("2026-11-21T10:51:44.500Z");

function ago(ms: number): string {
  return toRelativeTime(new Date(now.getTime() - ms), now);
}

test.each([
  [0, "just now"],
  [44_999, "just now"],
  [45_000, "1 min ago"],
  [3 * 60_000, "3 min ago"],
  [2 * 3_600_000, "2 h ago"],
  [25 * 3_600_000, "yesterday"],
  [3 * 86_400_000, "3 days ago"],
  [93 * 86_400_000, "20 Aug 2026"],
  [-10_000, "in a moment"],
  [-12 * 60_000, "in 12 min"],
  [-30 * 3_600_000, "tomorrow"],
])("%d ms back reads %s", (ms, words) => {
  expect(ago(ms)).toBe(words);
});

test("absolute times are in UTC whatever zone the machine is in", () => {
  expect(toUtcTime(now)).toBe("21 Nov 2026, 10:51 UTC");
  expect(toUtcStamp(now)).toBe("2026-11-21 10:51:44");
  expect(toUtcClock(now)).toBe("10:51:44");
});
