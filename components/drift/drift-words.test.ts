import { expect, test } from "vitest";
import { canBeLeft, toDecisionWords, toDriftChange } from "@/components/drift/drift-words";

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
  [
    { field: "group:g1", before: null, after: "Legal" },
    { field: "Membership", before: null, after: "Legal" },
  ],
  [
    { field: "group", before: "Legal", after: "Legal and Tax" },
    { field: "Group", before: "Legal", after: "Legal and Tax" },
  ],
])("%o is shown in words for people", (step, shown) => {
  expect(toDriftChange(step)).toEqual(shown);
});

test("only attributes and memberships can always be accepted", () => {
  const fields = ["title", "externalId", "group:g1", "userName", "active", "appeared", "group"];
  expect(fields.filter((field) => canBeLeft({ field }))).toEqual(["title", "externalId", "group:g1"]);
});

test("a value counts as put back only once its change is done", () => {
  const wordsIn = (state: string) =>
    toDecisionWords({ state: "put_back", change: { changeId: "c", number: 7, state } });
  expect(wordsIn("ready")).toBe("To be put back once the plan is applied");
  expect(wordsIn("applying")).toBe("Being put back");
  expect(wordsIn("done")).toBe("Put back");
  expect(wordsIn("cancelled")).toContain("Not put back");
});
