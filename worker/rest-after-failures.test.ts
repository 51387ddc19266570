import { expect, test } from "vitest";
import { restAfterFailuresMs } from "@/worker/rest-after-failures";

test("a process that fails every time is started less and less often, and at least every ten minutes", () => {
  const seconds = [0, 1, 2, 3, 6, 7, 8, 2_000].map((failures) => restAfterFailuresMs(failures) / 1_000);
  expect(seconds).toEqual([0, 10, 20, 40, 320, 600, 600, 600]);
});
