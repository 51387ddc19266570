import { expect, test } from "vitest";
import { toCell } from "@/lib/csv/to-cell";

test("moments are UTC whatever the machine's zone", () => {
  expect(toCell(new Date("2026-11-21T08:00:00+05:45"))).toBe("2026-11-21T02:15:00.000Z");
  expect([toCell(null), toCell(0), toCell(false)]).toEqual(["", "0", "false"]);
});
