import { expect, test } from "vitest";
import { operationCan } from "@/lib/changes/model/operation-can";
import { runCan, runStates } from "@/lib/changes/model/run-can";
import { countStates, type OperationState, operationStates } from "@/lib/changes/model/states";

const statesOf = (isMeant: (state: OperationState) => boolean) => operationStates.filter(isMeant);
const none = countStates([]);

test("each verb of an operation is possible in these states and in no others", () => {
  expect(statesOf((state) => operationCan.cancel({ state }))).toEqual(["planned", "held", "queued"]);
  expect(statesOf((state) => operationCan.approve({ state }))).toEqual(["held"]);
  expect(statesOf((state) => operationCan.undo({ state }))).toEqual(["confirmed"]);
  expect(statesOf((state) => operationCan.retry({ state, reason: null }))).toEqual(["failed"]);
});

test("operations skipped because another failed are retried with it; those the plan refused are not", () => {
  expect(operationCan.retry({ state: "skipped", reason: "dependency-failed" })).toBe(true);
  expect(operationCan.retry({ state: "skipped", reason: "switched-off" })).toBe(false);
});

test("every refusal of an operation says why", () => {
  for (const state of operationStates) {
    for (const verb of Object.values(operationCan)) {
      const refusal = verb.whyNot({ state, reason: null });
      for (const sentence of refusal ? [refusal.cause, refusal.effect, refusal.next] : [])
        expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  }
});

test("a tenant's share is cancelled while it has not ended", () => {
  const can = runStates.filter((state) => runCan.cancel({ state, counts: none }));
  expect(can).toEqual(["queued", "paused", "running"]);
});

test.each(operationStates)("an ended share with %s lines can be cancelled if those lines can", (each) => {
  const counts = countStates([{ state: each, count: 1 }]);
  expect(runCan.cancel({ state: "done", counts })).toBe(operationCan.cancel({ state: each }));
});
