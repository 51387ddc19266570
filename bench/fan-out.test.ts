import { expect, test } from "vitest";
import { idealMs } from "@/bench/fan-out";

test("the ideal has the pace's burst in it, so that no engine can beat it by starting early", () => {
  expect(idealMs(1)).toBe(50);
  expect(idealMs(2)).toBe(50);
  expect(idealMs(40)).toBe(19_050);
});
