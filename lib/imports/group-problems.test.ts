import fc from "fast-check";
import { expect, test } from "vitest";
import { groupProblems, type ProblemTally } from "@/lib/imports/group-problems";

const tally = fc.record<ProblemTally>({
  code: fc.constantFrom("value", "ragged"),
  column: fc.constantFrom("Email", null),
  message: fc.constantFrom("Write it as a date.", "Shorten it."),
  rows: fc.integer({ min: 1, max: 1_000 }),
  examples: fc.array(fc.record({ seq: fc.integer({ min: 1, max: 999 }), cell: fc.string() }), {
    minLength: 1,
    maxLength: 5,
  }),
});

test("no row is lost, each repair is listed once, and the one that helps most rows comes first", () => {
  fc.assert(
    fc.property(fc.array(tally, { maxLength: 30 }), (tallies) => {
      const groups = groupProblems(tallies);
      const sum = (parts: readonly { rows: number }[]) => parts.reduce((total, { rows }) => total + rows, 0);
      expect(sum(groups)).toBe(sum(tallies));
      expect(new Set(groups.map(({ code, column, message }) => `${code} ${column} ${message}`)).size).toBe(
        groups.length,
      );
      expect(groups.map(({ rows }) => rows)).toEqual(
        groups.map(({ rows }) => rows).toSorted((a, b) => b - a),
      );
      for (const { examples } of groups) {
        expect(examples.length).toBeLessThanOrEqual(5);
        expect(examples).toEqual(examples.toSorted((a, b) => a.seq - b.seq));
      }
    }),
  );
});
