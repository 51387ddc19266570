import { expect, test } from "vitest";
import { canBeLeft, canBePutBack, toDriftChange } from "@/components/drift/drift-words";

test.each([
  [
    { field: "title", before: "Partner", after: null },
    { field: "Job title", before: "Partner", after: null },
  ],
  [
    { field: "active", before: "true", after: "false" },
    { field: "State", before: "active", after: "archived" },
  ],
  [
    { field: "appeared", before: null, after: "a@x.example" },
    { field: "Account", before: null, after: "a@x.example" },
  ],
  [
    { field: "vanished", before: "a@x.example", after: null },
    { field: "Account", before: "a@x.example", after: null },
  ],
])("%o is shown as people say it", (step, shown) => {
  expect(toDriftChange(step)).toEqual(shown);
});

test("only attributes can be left to the tenant, and nothing puts back an address or somebody who is gone", () => {
  expect(["title", "externalId", "userName", "active", "appeared"].filter(canBeLeft)).toEqual([
    "title",
    "externalId",
  ]);
  expect(["title", "active", "appeared", "vanished", "userName", "externalId"].filter(canBePutBack)).toEqual([
    "title",
    "active",
    "appeared",
  ]);
});
