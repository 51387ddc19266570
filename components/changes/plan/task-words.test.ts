import { expect, test } from "vitest";
import { toTaskStep, toTaskTitle } from "@/components/changes/plan/task-words";

test("a large plan says how far it is, in tenants while it reads and in lines while it stores", () => {
  const plan = { kind: "plan", done: 0 } as const;
  expect(toTaskStep({ ...plan, step: "waiting", total: 0 })).toBe("Waiting for a worker.");
  expect(toTaskStep({ ...plan, step: "reading", total: 1 })).toBe("Step 1 of 3: 0 of 1 tenant read.");
  expect(toTaskStep({ ...plan, step: "storing", done: 45_000, total: 100_000 })).toBe(
    "Step 3 of 3: 45,000 of 100,000 lines stored.",
  );
});

test("applying counts no lines, because it does not store them one block after another", () => {
  expect(toTaskStep({ kind: "apply", step: "storing", done: 0, total: 0 })).toBe(
    "Step 3 of 3: queueing the lines.",
  );
});

test("a task that a worker refused is told apart from one that it does", () => {
  expect(toTaskTitle({ kind: "plan", refusal: null })).toBe("A worker is making this plan");
  expect(toTaskTitle({ kind: "plan", refusal: "Why" })).toBe("The plan could not be made");
  expect(toTaskTitle({ kind: "apply", refusal: "Why" })).toBe("The plan was not applied");
});
