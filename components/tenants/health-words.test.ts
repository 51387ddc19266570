import { expect, test } from "vitest";
import { standingOfBreaker, toCurrentRateWords, toProbeWords } from "@/components/tenants/health-words";

const now = new Date("2026-11-21T10:00:00Z");

test("a breaker is closed below five failures in a row, open while it waits, and half open after that", () => {
  const later = new Date("2026-11-21T10:00:01Z");
  expect(standingOfBreaker({ failures: 4, cooldownTo: later }, now)).toBe("closed");
  expect(standingOfBreaker({ failures: 5, cooldownTo: later }, now)).toBe("open");
  expect(standingOfBreaker({ failures: 5, cooldownTo: now }, now)).toBe("half-open");
  expect(standingOfBreaker({ failures: 5, cooldownTo: null }, now)).toBe("half-open");
});

test("a rate limit and probes are described in words", () => {
  expect(toCurrentRateWords({ rate: null, rateMax: null })).toBe("No limit");
  expect(toCurrentRateWords({ rate: 3.25, rateMax: 10 })).toBe("3.3 requests a second now, up to 10");
  expect(toCurrentRateWords({ rate: 1, rateMax: null })).toBe("1 request a second now");
  expect([0, 1, 2].map(toProbeWords)).toEqual(["not probed yet", "probed 1 time", "probed 2 times"]);
});
