import { expect, test } from "vitest";
import { toDueText } from "@/components/changes/model/due";

const now = new Date("2026-11-21T10:42:00Z");

test.each([
  [120, "in 2 min"],
  [60, "in 60 s"],
  [18, "in 20 s"],
  [0, "now"],
  [-59, "now"],
  [-240, "was due 4 min ago"],
])("what happens in %i s is said to happen %s", (seconds, words) => {
  expect(toDueText(new Date(now.getTime() + seconds * 1_000), now)).toBe(words);
});
