import fc from "fast-check";
import { expect, test } from "vitest";
import { type AttributeChanges, type AttributeValues, attributeKeys } from "@/lib/knowbe4/attributes";
import { diffAttributes, toFieldDifferences } from "@/lib/changes/plan/diff";
import { missingFrom } from "@/lib/engine/confirm/visible";

const values = fc.dictionary(fc.constantFrom(...attributeKeys), fc.string(), { noNullPrototype: true });
const changes = fc.dictionary(fc.constantFrom(...attributeKeys), fc.option(fc.string()), {
  noNullPrototype: true,
});

test("writing what differs makes what is wanted hold, and touches nothing that was not named", () => {
  fc.assert(
    fc.property(changes, values, (wanted: AttributeChanges, standing: AttributeValues) => {
      const written = diffAttributes(wanted, standing);
      const after: AttributeChanges = { ...standing, ...written };
      const seen = { active: true, attributes: withoutNulls(after) };
      expect(missingFrom({ intent: { kind: "update", changes: wanted } }, seen)).toEqual([]);
      expect(Object.keys(written).every((key) => key in wanted)).toBe(true);
      // Once it holds, nothing is left to write.
      expect(diffAttributes(wanted, withoutNulls(after))).toEqual({});
    }),
  );
});

test.each([
  ["userName", "Ana@Acme.example", "ana@acme.example"],
  ["customDate1", "2026-11-21", "2026-11-21T00:00:00.000Z"],
  ["givenName", "Zoe\u0308", "Zo\u00eb"],
  ["title", "", null],
] as const)("%s: a value that means the same is not written again", (key, wanted, stored) => {
  expect(diffAttributes({ [key]: wanted }, stored === null ? {} : { [key]: stored })).toEqual({});
});

test("a difference is told by its label, before and after, in the dialect's order", () => {
  expect(toFieldDifferences({ title: null, givenName: "Ana" }, { title: "Clerk" })).toEqual([
    { field: "givenName", label: "First name", before: null, after: "Ana" },
    { field: "title", label: "Job title", before: "Clerk", after: null },
  ]);
});

function withoutNulls(given: AttributeChanges): AttributeValues {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, value]],
    ),
  );
}
