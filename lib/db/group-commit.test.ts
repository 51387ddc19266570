import { expect, test } from "vitest";
import { groupCommit } from "@/lib/db/group-commit";

test("requests of one turn, and those during a block, are answered in blocks, each with its own answer", async () => {
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

test("a request that cannot be answered fails alone", async () => {
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
