import { expect, test } from "vitest";
import type { PutBack } from "@/lib/engine/drift/put-back-intents";
import { type StandingGroup, toGroupRefusal } from "@/lib/engine/drift/put-back-refusal";

function joined(resourceId: string, isIn = true): PutBack {
  const [before, after] = isIn ? [null, "Legal"] : ["Legal", null];
  return { id: resourceId, resourceId, userName: "", field: "group:g1", before, after };
}

const legal: StandingGroup = { id: "g1", name: "Legal", members: 2, isOurs: false, isAlone: true };

test("a group that Rollcall did not create keeps a member, and one that it created may be emptied", () => {
  const all = [joined("u1"), joined("u2")];
  expect(toGroupRefusal(all, [legal])).toContain("Legal would have no members");
  expect(toGroupRefusal(all, [{ ...legal, isOurs: true }])).toBeNull();
  expect(toGroupRefusal(all.slice(1), [legal])).toBeNull();
  expect(toGroupRefusal([joined("u1"), joined("u3", false)], [legal])).toBeNull();
  expect(toGroupRefusal([joined("u3", false)], [{ ...legal, members: 0 }])).toBeNull();
});

test("a missing group, or one that shares its name, is not guessed", () => {
  expect(toGroupRefusal([joined("u1")], [])).toContain("Legal is gone");
  expect(toGroupRefusal([joined("u1", false)], [{ ...legal, isAlone: false }])).toContain("two groups");
});
