import { expect, test } from "vitest";
import { toTaskStep, toTaskTitle } from "@/components/changes/plan/task-words";

const plan = { kind: "plan", people: 100_000, done: 0, total: 0 } as const;

test("a large plan says how far it is, in people and tenants while it reads and in lines while it stores", () => {
  expect(toTaskStep({ ...plan, step: "waiting" })).toBe(
    "Waiting for a worker, with about 100,000 people to compare.",
  );
  expect(toTaskStep({ ...plan, step: "reading", total: 1 })).toBe(
    "Step 1 of 3: reading about 100,000 people.",
  );
  expect(toTaskStep({ ...plan, step: "reading", done: 3, total: 12 })).toBe(
    "Step 1 of 3: 3 of 12 tenants read, about 100,000 people in all.",
  );
  expect(toTaskStep({ ...plan, step: "comparing" })).toBe("Step 2 of 3: comparing about 100,000 people.");
  expect(toTaskStep({ ...plan, step: "storing", done: 45_000, total: 99_000 })).toBe(
    "Step 3 of 3: 45,000 of 99,000 lines stored.",
  );
});

test("applying counts no lines, because it does not store them one block after another", () => {
  expect(toTaskStep({ ...plan, kind: "apply", step: "storing" })).toBe("Step 3 of 3: queueing the lines.");
});

test("a task that a worker refused is told apart from one that it does", () => {
  expect(toTaskTitle({ kind: "plan", refusal: null })).toBe("A worker is making this plan");
  expect(toTaskTitle({ kind: "plan", refusal: "Why" })).toBe("The plan could not be made");
  expect(toTaskTitle({ kind: "apply", refusal: "Why" })).toBe("The plan was not applied");
});
