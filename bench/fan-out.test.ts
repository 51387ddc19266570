import { expect, test } from "vitest";
import { idealMs } from "@/bench/fan-out";

test("the ideal is the time that the rate alone requires for one tenant's share", () => {
  expect(idealMs(2)).toBe(1_000);
  expect(idealMs(40)).toBe(20_000);
});
