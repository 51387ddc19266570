import fc from "fast-check";
import { expect, test } from "vitest";
import { guardCell, unguardCell } from "@/lib/csv/safe-cell";

/** Text that begins like a formula more often than random text would. */
const cell = fc
  .tuple(
    fc.array(fc.constantFrom("'", " ", "\t", "=", "+", "-", "@", "\r", "\n", "＝", "＠", "x"), {
      maxLength: 5,
    }),
    fc.string(),
  )
  .map(([start, rest]) => start.join("") + rest);

test("no exported cell begins as a formula", () => {
  fc.assert(
    fc.property(cell, (given) => {
      expect(guardCell(given)).not.toMatch(/^\s*[=+\-@\t\r\n＝＋－＠]/);
    }),
  );
});

test("the guard can be removed again, and nothing else is", () => {
  fc.assert(
    fc.property(cell, (given) => {
      expect(unguardCell(guardCell(given))).toBe(given);
    }),
  );
  expect(unguardCell("'t Hooft")).toBe("'t Hooft");
  expect(guardCell("O'Neill")).toBe("O'Neill");
});

test.for(['=HYPERLINK("http://x.example")', "@SUM(1)", "+41 44 123 45 67", "-2+3", "\t=1", "＝1+1", "  =1"])(
  "%j is guarded",
  (given) => {
    expect(guardCell(given)).toBe(`'${given}`);
  },
);
