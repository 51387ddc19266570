import { expect, test } from "vitest";
import { probeDelayMs, toNextWords } from "@/lib/engine/health/probe-delay";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

test("a quarantined tenant is probed after 15 min, 1 h, 6 h, and every 24 h from then on", () => {
  const hours = [0, 1, 2, 3, 4, 20].map((probes) => (probeDelayMs(probes, 0) ?? 0) / HOUR_MS);
  expect(hours).toEqual([0.25, 1, 6, 24, 24, 24]);
});

test("the last automatic probe is after 28 days", () => {
  expect(probeDelayMs(30, 27.5 * DAY_MS)).toBe(0.5 * DAY_MS);
  expect(probeDelayMs(31, 28 * DAY_MS - 1)).toBe(1);
  expect(probeDelayMs(0, 28 * DAY_MS)).toBeNull();
  expect(probeDelayMs(32, 400 * DAY_MS)).toBeNull();
});

test("an issue says what a person can do once automatic probes have ended", () => {
  expect(toNextWords("tls", null)).toMatch(/28 days.* by hand, or save a new token/);
  expect(toNextWords("failing-run", null)).toBe(toNextWords("tls", null));
});
