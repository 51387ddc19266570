import { expect, test } from "vitest";
import { groupCommit } from "@/lib/db/group-commit";

test("what is asked in one turn, and while a block is at work, is answered by blocks, each with its own answer", async () => {
  const blocks: number[][] = [];
  const double = groupCommit(
    async (asks: readonly number[]) => {
      blocks.push([...asks]);
      await new Promise(setImmediate);
      return asks.map((ask) => ask * 2);
    },
    { blockMax: 3 },
  );
  expect(await Promise.all([1, 2, 3, 4].map(double))).toEqual([2, 4, 6, 8]);
  expect(blocks).toEqual([[1, 2, 3], [4]]);
  expect(await double(5)).toBe(10);
});

test("one that cannot be answered fails alone", async () => {
  const invert = groupCommit(
    async (asks: readonly number[]) => {
      if (asks.includes(0)) throw new Error("No inverse");
      return asks.map((ask) => 1 / ask);
    },
    { blockMax: 10 },
  );
  const ends = await Promise.allSettled([1, 0, 2].map(invert));
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
