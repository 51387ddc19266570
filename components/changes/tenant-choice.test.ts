import { expect, test } from "vitest";
import { whyNotWritable } from "@/components/changes/tenant-choice";

const healthy = { state: "healthy", mode: "source", readAt: new Date(0), reason: null } as const;

test("a tenant is offered when it can be written to, and otherwise says why it is not", () => {
  expect(whyNotWritable(healthy)).toBeNull();
  expect(whyNotWritable({ ...healthy, mode: "mixed" })).toBeNull();
  expect(whyNotWritable({ ...healthy, mode: "observe" })).toMatch(/observed only/);
  expect(whyNotWritable({ ...healthy, readAt: null })).toMatch(/not read yet/);
  expect(whyNotWritable({ ...healthy, state: "paused" })).toMatch(/paused/);
  expect(whyNotWritable({ ...healthy, state: "quarantined", reason: "token-rejected" })).toMatch(
    /token is rejected/,
  );
});
