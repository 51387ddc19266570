import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { isRandomId } from "@/lib/directory/person";

test("a random id joins accounts of different tenants", () => {
  expect(isRandomId(randomUUID())).toBe(true);
});

test.each(["emp-1032", "1032", "ana.ruiz", "00000000-0000-0000-0000-000000000000", `x${randomUUID()}`, ""])(
  "an id that two clients may both use joins nobody: %s",
  (externalId) => {
    expect(isRandomId(externalId)).toBe(false);
  },
);
