import fc from "fast-check";
import { expect, test } from "vitest";
import { endOfLastDay, resolveLocalTime } from "@/lib/changes/steering/schedule-time";
import { isZone, toZoneText } from "@/lib/changes/steering/schedule-zone";

test.each([
  [
    "a quarter-hour zone",
    "2026-11-27T17:00",
    "Asia/Kathmandu",
    { instant: "2026-11-27T11:15:00.000Z", local: "2026-11-27T17:00", fit: "exact" },
  ],
  [
    "skipped in Berlin",
    "2027-03-28T02:30",
    "Europe/Berlin",
    { instant: "2027-03-28T01:30:00.000Z", local: "2027-03-28T03:30", fit: "skipped" },
  ],
  [
    "twice in Berlin",
    "2026-10-25T02:30",
    "Europe/Berlin",
    { instant: "2026-10-25T00:30:00.000Z", local: "2026-10-25T02:30", fit: "repeated" },
  ],
  [
    "skipped in New York",
    "2027-03-14T02:30",
    "America/New_York",
    { instant: "2027-03-14T07:30:00.000Z", local: "2027-03-14T03:30", fit: "skipped" },
  ],
  [
    "twice in New York",
    "2026-11-01T01:30",
    "America/New_York",
    { instant: "2026-11-01T05:30:00.000Z", local: "2026-11-01T01:30", fit: "repeated" },
  ],
  [
    "winter in New York",
    "2026-11-27T17:00",
    "America/New_York",
    { instant: "2026-11-27T22:00:00.000Z", local: "2026-11-27T17:00", fit: "exact" },
  ],
  [
    "a midnight that is skipped",
    "2026-04-24T00:00",
    "Africa/Cairo",
    { instant: "2026-04-23T22:00:00.000Z", local: "2026-04-24T01:00", fit: "skipped" },
  ],
])("%s: %s in %s", (_what, asked, zone, expected) => {
  const resolved = resolveLocalTime(asked, zone);
  expect(resolved && { ...resolved, instant: resolved.instant.toISOString() }).toEqual(expected);
});

test.each([
  ["2026-02-30T10:00", "Europe/Berlin"],
  ["2026-11-27", "Europe/Berlin"],
  ["2026-11-27T10:00+01:00", "Europe/Berlin"],
  ["2026-11-27T10:00", "Berlin"],
  ["2026-11-27T10:00", "+05:45"],
  ["2026-11-27T10:00", ""],
])("%s in %s is not a moment", (asked, zone) => {
  expect(resolveLocalTime(asked, zone)).toBeNull();
});

test("a shown local time equals the requested one, or follows it by the skipped stretch", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("2026-01-01"), max: new Date("2036-01-01"), noInvalidDate: true }),
      fc.constantFrom(
        "Asia/Kathmandu",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "UTC",
      ),
      (at, zone) => {
        const asked = at.toISOString().slice(0, 16);
        const resolved = resolveLocalTime(asked, zone);
        expect(resolved?.local === asked).toBe(resolved?.fit !== "skipped");
        expect((resolved?.local ?? "") >= asked).toBe(true);
      },
    ),
  );
});

test("a last day ends at the midnight after it, and grace adds whole days over the end of a year", () => {
  expect(endOfLastDay("2026-11-27", 0)).toBe("2026-11-28T00:00");
  expect(endOfLastDay("2026-12-20", 30)).toBe("2027-01-20T00:00");
  expect(endOfLastDay("2026-02-30", 0)).toBeNull();
});

test("a time is formatted with the clocks of its zone", () => {
  expect(toZoneText(new Date("2026-11-27T18:15:00Z"), "Asia/Kathmandu")).toBe(
    "Saturday 28 November 2026, 00:00",
  );
  expect(isZone("Europe/Berlin")).toBe(true);
});
