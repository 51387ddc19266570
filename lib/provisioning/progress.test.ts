import fc from "fast-check";
import { expect, test } from "vitest";
import {
  countStates,
  endOfChange,
  endOfRun,
  openStates,
  operationStates,
  type RunState,
  standingOf,
} from "@/lib/provisioning/progress";

const someStates = fc.array(fc.constantFrom(...operationStates), { maxLength: 20 });
const countsOf = (states: readonly string[]) => countStates(states.map((state) => ({ state, count: 1 })));

test("a run ends exactly when nothing of it is open, and failed exactly when something failed", () => {
  fc.assert(
    fc.property(someStates, (states) => {
      const isOpen = states.some((state) => (openStates as readonly string[]).includes(state));
      const end = isOpen ? null : states.includes("failed") ? "failed" : "done";
      expect(endOfRun(countsOf(states))).toBe(end);
    }),
  );
});

test("states that are not ours are not counted, and counts of one state add up", () => {
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
  [["done", "failed", "cancelled"], "failed"],
  [["cancelled", "cancelled"], "cancelled"],
  [["cancelled", "done"], "done"],
  [["done", "planned"], "done"],
])("a change with runs %j ends as %s", (runs, end) => {
  expect(endOfChange(runs)).toBe(end);
});

test("a change is never called confirmed while something is failed, unseen or held", () => {
  expect(standingOf("done", countsOf(["confirmed", "accepted", "failed", "held"]))).toBe("failed");
  expect(standingOf("done", countsOf(["confirmed", "accepted", "held"]))).toBe("waiting");
  expect(standingOf("done", countsOf(["confirmed", "held"]))).toBe("held");
  expect(standingOf("done", countsOf(["confirmed", "skipped"]))).toBe("confirmed");
  expect(standingOf("applying", countsOf(["failed"]))).toBe("applying");
});
