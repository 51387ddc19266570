import { expect, test } from "vitest";
import { gate } from "@/lib/db/semaphore";

test("no more than the limit go on at a time, and one that fails lets the next in", async () => {
  const inTurn = gate(2);
  let [now, most] = [0, 0];
  async function work(place: number): Promise<number> {
    now += 1;
    most = Math.max(most, now);
    await new Promise(setImmediate);
    now -= 1;
    if (place === 1) throw new Error("One fails");
    return place;
  }
  const ends = await Promise.allSettled([0, 1, 2, 3, 4].map((place) => inTurn(() => work(place))));
  expect(ends.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ]);
  expect(most).toBe(2);
});

test("who waits no longer wants gives up its turn, and the next one has it", async () => {
  const inTurn = gate(1);
  const begun: string[] = [];
  const first = Promise.withResolvers<void>();
  const leaving = new AbortController();
  const ends = [
    inTurn(() => first.promise),
    inTurn(async () => begun.push("left"), leaving.signal),
    inTurn(async () => begun.push("stayed"), new AbortController().signal),
  ];
  leaving.abort();
  expect(await ends[1]).toBeNull();
  expect(await inTurn(async () => begun.push("late"), leaving.signal)).toBeNull();
  first.resolve();
  await Promise.all(ends);
  expect(begun).toEqual(["stayed"]);
  expect(await inTurn(async () => "let in at once", leaving.signal)).toBe("let in at once");
});
