import { expect, test } from "vitest";
import { explainInvisible, type InvisibleFacts } from "@/lib/engine/confirm/explain-invisible";

const acceptedAt = new Date("2026-11-21T08:00:00Z");
const later = new Date("2026-11-21T09:30:00Z");
const earlier = new Date("2026-11-21T07:30:00Z");
const facts: InvisibleFacts = {
  kind: "update",
  acceptedAt,
  testMode: false,
  readAt: later,
  guards: [],
  seenUpTo: null,
};

test.each([
  [
    "Test Mode, before anything else",
    { testMode: true, guards: ["excluded"], seenUpTo: later },
    /^Test Mode is recorded as on/,
  ],
  ["an excluded person", { guards: ["excluded"], seenUpTo: later }, /^Provisioning Managed is false/],
  [
    "an admin who is to be archived",
    { kind: "archive", guards: ["admin"] },
    /^This person is a console admin/,
  ],
  ["a sync that ran since", { seenUpTo: later }, /probably skipped/],
  ["a sync that ran before", { seenUpTo: earlier }, /sync is probably pending/],
  ["an admin who is only changed", { guards: ["admin"] }, /sync is probably pending/],
] as const)("%s is the explanation", (_name, given, expected) => {
  expect(explainInvisible({ ...facts, ...given } as InvisibleFacts)).toMatch(expected);
});

test("the explanation says when nobody recorded Test Mode, and how old the read is", () => {
  const words = explainInvisible({ ...facts, testMode: null });
  expect(words).toContain("Nobody recorded whether Test Mode is on");
  expect(words).toContain("last on 2026-11-21 at 09:30 UTC");
  expect(explainInvisible({ ...facts, readAt: earlier })).toContain("The directory was not fully read since");
});
