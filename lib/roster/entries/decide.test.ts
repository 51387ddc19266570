import { expect, test } from "vitest";
import { decide, type OperatorDecision } from "@/lib/roster/entries/decide";
import { makeEntry } from "@/test/entries";
import { toTargetsOf } from "@/lib/roster/policy/group-rules";
import { defaultPolicy } from "@/lib/roster/policy/policy";
import type { RosterEntry } from "@/lib/roster/model/types";

const toTargets = toTargetsOf({
  ...defaultPolicy.grouping,
  names: [{ from: "hr-all", to: "Human Resources" }],
});

function after(entry: RosterEntry | null, given: Partial<OperatorDecision>): RosterEntry {
  const decision = { userName: "Ana@acme.example", resourceId: null, ...given };
  return decide(entry, "ana@acme.example", decision, toTargets);
}

test("a new person on the roster gets the source operator", () => {
  expect(
    after(null, { resourceId: "r1", fields: { title: "Clerk", userName: "x" }, joins: ["Staff", "staff"] }),
  ).toEqual({
    userNameKey: "ana@acme.example",
    userName: "Ana@acme.example",
    source: "operator",
    resourceId: "r1",
    fields: {},
    overrides: { title: "Clerk" },
    groups: ["staff"],
    active: true,
    absentAt: null,
  });
});

test("values that a decision does not name stay", () => {
  const entry = makeEntry("ana", {
    source: "csv",
    fields: { title: "Clerk" },
    overrides: { location: "Oslo" },
    groups: ["Choir"],
    absentAt: new Date(0),
  });
  expect(after(entry, {})).toEqual(entry);
  expect(after(entry, { fields: { title: null } })).toEqual({
    ...entry,
    overrides: { location: "Oslo", title: null },
  });
});

test("leaving a KnowBe4 group leaves every roster group that maps to it, and joining adds none twice", () => {
  const entry = makeEntry("ana", { groups: ["HR-all", "Choir"] });
  expect(after(entry, { leaves: ["human resources"] }).groups).toEqual(["Choir"]);
  expect(after(entry, { joins: ["Human Resources", "CHOIR", "Staff"] }).groups).toEqual([
    "HR-all",
    "Choir",
    "Staff",
  ]);
});

test("a person whom an operator restores against a full listing gets the source operator", () => {
  const absent = makeEntry("ana", { source: "csv", absentAt: new Date(0) });
  expect(after(absent, { active: true })).toMatchObject({ source: "operator", absentAt: null, active: true });
  const left = makeEntry("ana", { source: "csv", active: false });
  expect(after(left, { active: true })).toMatchObject({ source: "csv", active: true });
  expect(after(left, {})).toMatchObject({ active: false });
});
