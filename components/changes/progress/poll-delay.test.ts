import { describe, expect, test } from "vitest";
import { toChange, toOperation, toRun } from "@/test/change";
import { pollDelayMs } from "@/components/changes/progress/poll-delay";

const now = Date.parse("2026-11-21T12:00:00.000Z");
const inMs = (ms: number) => new Date(now + ms).toISOString();

describe("a change is polled", () => {
  test("each second while an operation is on its way", () => {
    const run = toRun([toOperation({ state: "sent" })], { state: "running" });
    expect(pollDelayMs(toChange("applying", [run]), now)).toBe(1_000);
  });

  test("each second while a worker makes its plan, and less often once the worker could not", () => {
    const task = { kind: "plan", people: 3_000, step: "reading", done: 1, total: 3, refusal: null } as const;
    expect(pollDelayMs(toChange("planning", [], { task }), now)).toBe(1_000);
    const refused = { ...task, refusal: "The file was discarded." };
    expect(pollDelayMs(toChange("planning", [], { task: refused }), now)).toBe(10_000);
  });

  test("when the next check is due, and at the latest after ten seconds", () => {
    const waiting = (ms: number) =>
      toChange("done", [toRun([toOperation({ state: "accepted", confirmAt: inMs(ms) })], { state: "done" })]);
    expect(pollDelayMs(waiting(4_000), now)).toBe(4_000);
    expect(pollDelayMs(waiting(900_000), now)).toBe(10_000);
  });

  test("less and less often when a due operation does not change: no worker has it", () => {
    const stuck = (ms: number) =>
      toChange("applying", [
        toRun([toOperation({ state: "queued", nextAt: inMs(-ms) })], { state: "queued", nextAt: inMs(-ms) }),
      ]);
    expect(pollDelayMs(stuck(5_000), now)).toBe(1_000);
    expect(pollDelayMs(stuck(60_000), now)).toBe(3_000);
    expect(pollDelayMs(stuck(600_000), now)).toBe(10_000);
  });

  test("at the rate of its busiest tenant", () => {
    const stuck = toRun([toOperation({ state: "queued", nextAt: inMs(-600_000) })], {
      state: "queued",
      nextAt: inMs(-600_000),
    });
    const lively = toRun([toOperation({ state: "accepted", confirmAt: inMs(2_000) })], { state: "done" });
    expect(pollDelayMs(toChange("applying", [stuck, lively]), now)).toBe(2_000);
  });

  test("not before the tenant may be sent to again", () => {
    const run = toRun([toOperation({ state: "queued", nextAt: inMs(-5_000) })], {
      state: "queued",
      nextAt: inMs(7_000),
    });
    expect(pollDelayMs(toChange("applying", [run]), now)).toBe(7_000);
  });

  test("now and then while it waits for a person", () => {
    expect(pollDelayMs(toChange("ready", [toRun([toOperation()])]), now)).toBe(10_000);
    expect(pollDelayMs(toChange("done", [toRun([toOperation({ state: "held" })])]), now)).toBe(10_000);
  });

  test("slowly while it is paused, and until accepted operations are settled after a cancel", () => {
    const paused = toRun([toOperation({ state: "queued", nextAt: inMs(-5_000) })], { state: "paused" });
    expect(pollDelayMs(toChange("applying", [paused]), now)).toBe(10_000);
    const unseen = toRun([toOperation({ state: "accepted", confirmAt: inMs(2_000) })], {
      state: "cancelled",
    });
    expect(pollDelayMs(toChange("cancelled", [unseen], { appliedAt: inMs(-60_000) }), now)).toBe(2_000);
    expect(pollDelayMs(toChange("scheduled", [toRun([toOperation()])]), now)).toBe(10_000);
  });

  test("not at all once nothing of it can change", () => {
    const ended = toRun([toOperation({ state: "confirmed" }), toOperation({ state: "failed" })], {
      state: "failed",
    });
    expect(pollDelayMs(toChange("failed", [ended]), now)).toBe(false);
    expect(pollDelayMs(toChange("cancelled", [toRun([toOperation({ state: "cancelled" })])]), now)).toBe(
      false,
    );
  });
});
