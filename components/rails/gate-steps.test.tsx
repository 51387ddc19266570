import { expect, test } from "vitest";
import { type GateTenant, toGateSteps } from "@/components/rails/gate-steps";

const at = new Date("2026-11-21T08:00:00Z");
const unread: GateTenant = {
  mode: "observe",
  readAt: null,
  adoptedAt: null,
  testMode: null,
  signedAt: null,
  signedBy: null,
};
const statesOf = (given: Partial<GateTenant>) =>
  toGateSteps({ ...unread, ...given }, null).map(({ state }) => state);

test("the gate is passed step by step, and one step is the current one", () => {
  expect(statesOf({})).toEqual(["current", "todo", "todo", "todo", "todo"]);
  expect(statesOf({ readAt: at })).toEqual(["done", "current", "todo", "todo", "todo"]);
  const adopted = { readAt: at, adoptedAt: at };
  expect(statesOf(adopted)).toEqual(["done", "done", "current", "todo", "todo"]);
  expect(statesOf({ ...adopted, testMode: true })).toEqual(["done", "done", "current", "done", "todo"]);
  const signed = { testMode: false, mode: "source", signedAt: at, signedBy: "Priya Nair" } as const;
  expect(statesOf({ ...adopted, ...signed })).toEqual(["done", "done", "done", "done", "done"]);
});
