import { expect, test } from "vitest";
import { toFitText, toZonedText } from "@/components/changes/steering/schedule-words";

const at = new Date("2026-11-27T18:15:00Z");

test("a moment is shown in its own zone, and in the reader's where they differ", () => {
  expect(toZonedText(at, "Asia/Kathmandu", "Europe/Berlin")).toBe(
    "Saturday 28 November 2026, 00:00 in Asia/Kathmandu; that is Friday 27 November 2026, 19:15 your time (Europe/Berlin)",
  );
  expect(toZonedText(at, "Europe/Berlin", "Europe/Paris")).toBe(
    "Friday 27 November 2026, 19:15 in Europe/Berlin",
  );
  expect(toZonedText(at, "UTC", null)).toBe("Friday 27 November 2026, 18:15 in UTC");
});

test("a zone that the browser does not know loses only its clock, and the page still works", () => {
  expect(toZonedText(at, "Europe/Atlantis", "UTC")).toBe(
    "Friday 27 November 2026, 18:15 UTC, scheduled in Europe/Atlantis",
  );
});

test("a time that clocks skip or repeat is explained, any other is not", () => {
  expect(toFitText("skipped", "Europe/Berlin")).toContain("skip");
  expect(toFitText("repeated", "Europe/Berlin")).toContain("twice");
  expect(toFitText("exact", "Europe/Berlin")).toBeNull();
});
