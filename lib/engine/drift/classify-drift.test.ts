import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type DriftStep,
  isSecondWriter,
  classifyDrift,
  type OurWrite,
} from "@/lib/engine/drift/classify-drift";

const seenAt = new Date("2026-11-21T10:00:00Z");
const nothing: ReadonlySet<string> = new Set();
let ids = 0;

function step(field: string, before: string | null, after: string | null): DriftStep {
  ids += 1;
  return { id: String(ids), resourceId: "u1", field, before, after, seenAt };
}

function write(intent: OurWrite["intent"], more: Partial<OurWrite> = {}): OurWrite {
  return {
    resourceId: "u1",
    intent,
    state: "accepted",
    diff: [],
    sentAt: seenAt,
    confirmedAt: null,
    ...more,
  };
}

function statesOf(steps: DriftStep[], open: DriftStep[] = [], writes: OurWrite[] = []): string[] {
  return classifyDrift(steps, open, writes, nothing).map(({ state }) => state);
}

const toTitle = (title: string | null) => ({ kind: "update", changes: { title } }) as const;

test.each([
  ["a value", step("title", "A", "B"), write(toTitle("B"))],
  [
    "a value in another spelling",
    step("manager", "a@x.example", "B@X.example"),
    write({ kind: "update", changes: { manager: "b@x.example" } }),
  ],
  ["a value taken away", step("title", "A", null), write(toTitle(null))],
  ["an archive", step("active", "true", "false"), write({ kind: "archive" })],
  ["an archive that hides the person", step("vanished", "a@x.example", null), write({ kind: "archive" })],
  ["a restore", step("active", "false", "true"), write({ kind: "restore" })],
  [
    "a creation",
    step("appeared", null, "a@x.example"),
    write({ kind: "create", values: {} }, { resourceId: null }),
  ],
  [
    "the display name a server makes",
    step("displayName", "A B", "A C"),
    write({ kind: "update", changes: { familyName: "C" } }),
  ],
  ["what nobody knows to have been done", step("title", "A", "B"), write(toTitle("B"), { state: "unknown" })],
  [
    "what this reading confirmed",
    step("title", "A", "B"),
    write(toTitle("B"), { state: "confirmed", confirmedAt: seenAt }),
  ],
  [
    "what failed today and was done anyway",
    step("title", "A", "B"),
    write(toTitle("B"), { state: "failed" }),
  ],
] as const)("our own writes are never drift: %s", (_name, given, ours) => {
  expect(statesOf([given], [], [ours])).toEqual(["ours"]);
});

test.each([
  ["another value", step("title", "A", "C"), write(toTitle("B"))],
  ["another field", step("department", "A", "B"), write(toTitle("B"))],
  ["another account of the address", step("title", "A", "B"), write(toTitle("B"), { resourceId: "u2" })],
  [
    "what was confirmed long before",
    step("title", "A", "B"),
    write(toTitle("B"), { state: "confirmed", confirmedAt: new Date("2026-11-20T10:00:00Z") }),
  ],
  [
    "the same of another group",
    step("group:g2", null, "Choir"),
    write({ kind: "members_add", displayName: "Legal", members: [] }, { field: "group:g1" }),
  ],
  [
    "somebody taken out whom we put in",
    step("group:g1", "Legal", null),
    write({ kind: "members_add", displayName: "Legal", members: [] }, { field: "group:g1" }),
  ],
  [
    "another name of our group",
    step("group", "Legal", "Tax"),
    write({ kind: "group_create", displayName: "Tax" }),
  ],
  ["our group gone", step("group", "Legal", null), write({ kind: "group_create", displayName: "Legal" })],
  ["an archive after our restore", step("active", "true", "false"), write({ kind: "restore" })],
] as const)("changes that we did not write are open: %s", (_name, given, ours) => {
  expect(statesOf([given], [], [ours])).toEqual(["open"]);
});

test("a write of ours that a later one overtook explains nothing once that was seen, and explains it until then", () => {
  const at = (minutes: number) => new Date(seenAt.getTime() + minutes * 60_000);
  const first = write(toTitle("A"), { sentAt: at(-20) });
  const later = (confirmedAt: Date | null) =>
    write(toTitle("B"), { sentAt: at(-10), confirmedAt, state: confirmedAt ? "confirmed" : "accepted" });
  expect(statesOf([step("title", "B", "A")], [], [first, later(at(-5))])).toEqual(["open"]);
  expect(statesOf([step("title", "0", "A")], [], [first, later(null)])).toEqual(["ours"]);
  const archived = write({ kind: "archive" }, { sentAt: at(-20) });
  const restored = write({ kind: "restore" }, { sentAt: at(-10), confirmedAt: at(-5), state: "confirmed" });
  expect(statesOf([step("active", "true", "false")], [], [archived, restored])).toEqual(["open"]);
});

test("a value that changes repeatedly is one open row from its first value, and none when it returns to it", () => {
  const first = step("title", "A", "B");
  const second = step("title", "B", "C");
  expect(classifyDrift([second], [first], [], nothing)).toEqual([
    { id: first.id, state: "superseded", before: "A" },
    { id: second.id, state: "open", before: "A" },
  ]);
  expect(statesOf([step("title", "C", "A")], [{ ...second, before: "A" }])).toEqual([
    "superseded",
    "superseded",
  ]);
});

test("our own later write closes an open row", () => {
  expect(statesOf([step("title", "B", "A")], [step("title", "A", "B")], [write(toTitle("A"))])).toEqual([
    "superseded",
    "ours",
  ]);
});

test("a person who vanished leaves one decision, and none when they are back", () => {
  const title = step("title", "A", "B");
  const gone = step("vanished", "a@x.example", null);
  expect(statesOf([gone], [title])).toEqual(["open", "superseded"]);
  expect(statesOf([step("appeared", null, "a@x.example")], [gone])).toEqual(["superseded", "superseded"]);
});

test("a membership is back whatever the group's current name, and a person who vanished leaves none to decide", () => {
  const taken = step("group:g1", "Legal", null);
  expect(statesOf([step("group:g1", null, "Legal and Tax")], [taken])).toEqual(["superseded", "superseded"]);
  expect(statesOf([step("vanished", "a@x.example", null)], [taken])).toEqual(["open", "superseded"]);
});

test("memberships are left to the tenant together, whatever their group", () => {
  const steps = [
    step("group:g1", null, "Legal"),
    step("group:g2", "Choir", null),
    step("group", "Choir", null),
  ];
  const verdicts = classifyDrift(steps, [], [], new Set(["membership"]));
  expect(verdicts.map(({ state }) => state)).toEqual(["always", "always", "open"]);
});

test("a field that is left to the tenant is never opened", () => {
  const [verdict] = classifyDrift([step("title", "A", "B")], [], [], new Set(["title"]));
  expect(verdict?.state).toBe("always");
});

test("any sequence of values opens at most one row, from the first value to the last, and none when they are equal", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("A", "B", "C"), { minLength: 2, maxLength: 8 }),
      fc.nat(7),
      (values, cut) => {
        const steps = values.slice(1).map((after, index) => step("title", values[index] ?? "", after));
        const before = classifyDrift(steps.slice(0, cut), [], [], nothing);
        const open = before.flatMap(({ id, state, before: first }) => {
          const found = steps.find((given) => given.id === id);
          return found && state === "open" ? [{ ...found, before: first }] : [];
        });
        const after = classifyDrift(steps.slice(cut), open, [], nothing);
        const states = new Map([...before, ...after].map((verdict) => [verdict.id, verdict]));
        const left = [...states.values()].filter(({ state }) => state === "open");
        expect(left.map(({ before: first }) => first)).toEqual(
          values[0] === values.at(-1) ? [] : [values[0]],
        );
      },
    ),
  );
});

test("our values set back, or more than ten people changed at once, count as a second writer", () => {
  const diff = [{ field: "title", label: "Job title", before: "A", after: "B" }];
  const ours = write(toTitle("B"), { diff, state: "confirmed" });
  expect(isSecondWriter([step("title", "B", "A")], [ours])).toBe(true);
  expect(isSecondWriter([step("title", "B", "C")], [ours])).toBe(false);
  expect(isSecondWriter([step("active", "false", "true")], [write({ kind: "archive" })])).toBe(true);
  const many = Array.from({ length: 11 }, (_, index) => ({
    ...step("title", "A", "B"),
    resourceId: `u${index}`,
  }));
  expect(isSecondWriter(many, [])).toBe(true);
  const groups = many.map((each) => ({ ...each, field: "group" }));
  expect(isSecondWriter(groups, [])).toBe(false);
  const joined = write({ kind: "members_add", displayName: "Legal", members: [] }, { field: "group:g1" });
  expect(isSecondWriter([step("group:g1", "Legal", null)], [joined])).toBe(true);
  expect(isSecondWriter([step("group:g2", "Choir", null)], [joined])).toBe(false);
  expect(isSecondWriter(many.slice(1), [])).toBe(false);
});
