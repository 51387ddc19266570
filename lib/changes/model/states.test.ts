import fc from "fast-check";
import { expect, test } from "vitest";
import {
  countStates,
  endOfChange,
  endOfRun,
  operationStates,
  type RunState,
  standingOf,
} from "@/lib/changes/model/states";
import { openStates } from "@/lib/states";

const someStates = fc.array(fc.constantFrom(...operationStates), { maxLength: 20 });
const countsOf = (states: readonly string[]) => countStates(states.map((state) => ({ state, count: 1 })));

test("a run ends exactly when none of its operations is open: failed if one failed, cancelled if another was not sent", () => {
  fc.assert(
    fc.property(someStates, (states) => {
      const isOpen = states.some((state) => (openStates as readonly string[]).includes(state));
      const ended = ["failed", "cancelled"].find((state) => (states as string[]).includes(state)) ?? "done";
      const end = isOpen ? null : ended;
      expect(endOfRun(countsOf(states))).toBe(end);
    }),
  );
});

test("unknown states are not counted, and counts of one state add up", () => {
  const counts = countStates([
    { state: "sent", count: 2 },
    { state: "made-up", count: 5 },
    { state: "sent", count: 1 },
  ]);
  expect(counts.sent).toBe(3);
  expect(Object.keys(counts)).toEqual([...operationStates]);
});

test.each<[RunState[], ReturnType<typeof endOfChange>]>([
  [["done", "running"], null],
  [["failed", "queued"], null],
  [["cancelled", "paused"], null],
  [["done", "failed", "cancelled"], "failed"],
  [["cancelled", "cancelled"], "cancelled"],
  [["cancelled", "done"], "cancelled"],
  [["done", "planned"], "done"],
])("a change with runs %j ends as %s", (runs, end) => {
  expect(endOfChange(runs)).toBe(end);
});

test("a change is never shown as confirmed while an operation is failed, unseen or held", () => {
  expect(standingOf("done", countsOf(["confirmed", "accepted", "failed", "held"]))).toBe("failed");
  expect(standingOf("done", countsOf(["confirmed", "accepted", "held"]))).toBe("waiting");
  expect(standingOf("done", countsOf(["confirmed", "held"]))).toBe("held");
  expect(standingOf("done", countsOf(["confirmed", "skipped"]))).toBe("confirmed");
  expect(standingOf("applying", countsOf(["failed"]))).toBe("applying");
  expect(standingOf("cancelled", countsOf(["confirmed", "cancelled"]))).toBe("cancelled");
});

test("a paused change shows that until it has ended, and a scheduled one is not a ready plan", () => {
  const pausedAt = new Date("2026-11-21T10:00:00Z");
  expect(standingOf("applying", countsOf(["queued"]), pausedAt)).toBe("paused");
  expect(standingOf("done", countsOf(["confirmed"]), pausedAt)).toBe("confirmed");
  expect(standingOf("scheduled", countsOf(["planned"]))).toBe("scheduled");
});

test("a change never ends before its last run, whatever the runs and their order", () => {
  const someRuns = fc.array(
    fc.constantFrom<RunState>("planned", "queued", "paused", "running", "done", "failed", "cancelled"),
  );
  fc.assert(
    fc.property(someRuns, (runs) => {
      const isOpen = runs.some((state) => ["queued", "paused", "running"].includes(state));
      expect(endOfChange(runs) === null).toBe(isOpen);
      expect(endOfChange(runs.toReversed())).toBe(endOfChange(runs));
    }),
  );
});
