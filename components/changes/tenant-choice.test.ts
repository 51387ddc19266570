import { expect, test } from "vitest";
import { whyNotWritable } from "@/components/changes/tenant-choice";

const healthy = { state: "healthy", mode: "source", readAt: new Date(0) } as const;

test("a tenant is offered when it may be written to, and otherwise says why it is not", () => {
  expect(whyNotWritable(healthy)).toBeNull();
  expect(whyNotWritable({ ...healthy, mode: "mixed" })).toBeNull();
  expect(whyNotWritable({ ...healthy, mode: "observe" })).toMatch(/observed only/);
  expect(whyNotWritable({ ...healthy, readAt: null })).toMatch(/not read yet/);
});

test("a tenant that is away for now is offered, so that nobody stays active there unnoticed", () => {
  expect(whyNotWritable({ ...healthy, state: "paused" })).toBeNull();
  expect(whyNotWritable({ ...healthy, state: "quarantined" })).toBeNull();
});
