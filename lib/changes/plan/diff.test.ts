import { expect, test } from "vitest";
import { diffAttributes, toFieldDifferences } from "@/lib/changes/plan/diff";

test.each([
  ["userName", "Ana@Acme.example", "ana@acme.example"],
  ["customDate1", "2026-11-21", "2026-11-21T00:00:00.000Z"],
  ["givenName", "Zoe\u0308", "Zo\u00eb"],
  ["title", "", null],
] as const)("%s: a value with the same meaning is not written again", (key, wanted, stored) => {
  expect(diffAttributes({ [key]: wanted }, stored === null ? {} : { [key]: stored })).toEqual({});
});

test("a difference is described by its label, before and after, in the dialect's order", () => {
  expect(toFieldDifferences({ title: null, givenName: "Ana" }, { title: "Clerk" })).toEqual([
    { field: "givenName", label: "First name", before: null, after: "Ana" },
    { field: "title", label: "Job title", before: "Clerk", after: null },
  ]);
});
