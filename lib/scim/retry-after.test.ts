import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRetryAfter, retryAfterMaxMs, retryAfterMinMs } from "@/lib/scim/retry-after";

const now = new Date("2026-11-21T10:00:00Z");

test.each([
  [{ "retry-after": "7" }, 7_000],
  [{ "retry-after": "0.5" }, retryAfterMinMs],
  [{ "retry-after": "86400" }, retryAfterMaxMs],
  [{ "retry-after": "Sat, 21 Nov 2026 10:01:30 GMT" }, 90_000],
  [{ "retry-after": "Saturday, 21-Nov-26 10:01:30 GMT" }, 90_000],
  [{ "retry-after": "Fri, 20 Nov 2026 10:00:00 GMT" }, retryAfterMinMs],
  [{ "x-retry-after": "7" }, 7_000],
  [{ "retry-after": "soon", "x-retry-after": "9" }, 9_000],
  [{ "retry-after": ["5", "6"] }, 5_000],
  [{ "retry-after": "5 minutes" }, undefined],
  [{ "retry-after": "-5" }, undefined],
  [{ "retry-after": "" }, undefined],
  [{}, undefined],
])("%o is %o", (headers, expected) => {
  expect(parseRetryAfter(headers, now)).toBe(expected);
});

test("any date within the bounds reads as the time until it", () => {
  fc.assert(
    fc.property(fc.integer({ min: retryAfterMinMs / 1000, max: retryAfterMaxMs / 1000 }), (seconds) => {
      const at = new Date(now.getTime() + seconds * 1000).toUTCString();
      expect(parseRetryAfter({ "retry-after": at }, now)).toBe(seconds * 1000);
    }),
  );
});

test("whatever a header says, the delay is within the bounds or undefined", () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      const delay = parseRetryAfter({ "retry-after": header }, now) ?? retryAfterMinMs;
      expect(delay).toBeGreaterThanOrEqual(retryAfterMinMs);
      expect(delay).toBeLessThanOrEqual(retryAfterMaxMs);
    }),
  );
});
