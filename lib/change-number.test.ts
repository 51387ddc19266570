import { expect, test } from "vitest";
import { formatChangeNumber, parseChangeNumber } from "@/lib/change-number";

test("a change is found by the name that people use for it", () => {
  expect(parseChangeNumber(formatChangeNumber(1042))).toBe(1042);
  expect(parseChangeNumber("chg-1042")).toBe(1042);
  for (const other of ["1042", "CHG-", "CHG-12345678901", "CHG-1042x", " CHG-1042"])
    expect(parseChangeNumber(other)).toBeNull();
});
