import { expect, test } from "vitest";
import { type ScheduleDraft, toPreview, toWhen } from "@/components/changes/steering/schedule-draft";

const draft: ScheduleDraft = {
  mode: "last-day",
  localDateTime: "2027-03-28T02:30",
  lastDay: "2026-11-27",
  graceDays: "3",
  zone: "Asia/Kathmandu",
};

test("a last day is shown as the midnight after it and its grace, in both time zones", () => {
  expect(toPreview(draft, "UTC")).toBe(
    "Will be applied on Tuesday 1 December 2026, 00:00 in Asia/Kathmandu; that is Monday 30 November 2026, 18:15 your time (UTC). " +
      "Until then the person stays active. Unscheduling the change keeps them active.",
  );
  expect(toWhen(draft)).toEqual({ lastDay: "2026-11-27", graceDays: "3" });
});

test("a time that the clocks skip is shown as the time it becomes", () => {
  const preview = toPreview({ ...draft, mode: "time", zone: "Europe/Berlin" }, "Europe/Berlin");
  expect(preview).toContain("Sunday 28 March 2027, 03:30 in Europe/Berlin");
  expect(preview).toContain("skip the chosen time");
});

test.each<Partial<ScheduleDraft>>([
  { lastDay: "" },
  { lastDay: "2026-02-30" },
  { graceDays: "31" },
  { graceDays: "soon" },
  { zone: "Nowhere" },
  { mode: "time", localDateTime: "" },
])("with %o nothing is shown, because it is not a valid time", (given) => {
  expect(toPreview({ ...draft, ...given }, "UTC")).toBeNull();
});
