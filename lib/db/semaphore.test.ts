import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { createSemaphore } from "@/lib/db/semaphore";

test("at most the limit run at a time, in order of arrival, and a failure frees its place", async () => {
  const inTurn = createSemaphore(2);
  const begun: number[] = [];
  let [now, most] = [0, 0];
  async function work(place: number): Promise<number> {
    begun.push(place);
    now += 1;
    most = Math.max(most, now);
    await new Promise(setImmediate);
    now -= 1;
    if (place % 5 === 1) throw new Error("One fails");
    return place;
  }
  const places = Array.from({ length: 20 }, (_, place) => place);
  const ends = await Promise.allSettled(places.map((place) => inTurn(() => work(place))));
  expect(ends.flatMap(({ status }, place) => (status === "rejected" ? [place] : []))).toEqual([1, 6, 11, 16]);
  expect(begun).toEqual(places);
  expect(most).toBe(2);
});

test("a newcomer does not overtake those who wait when a place becomes free", async () => {
  const inTurn = createSemaphore(1);
  const begun: string[] = [];
  const first = Promise.withResolvers<void>();
  const held = inTurn(() => first.promise);
  const waiting = inTurn(async () => begun.push("waited"));
  const late = held.then(() => inTurn(async () => begun.push("late")));
  first.resolve();
  await Promise.all([waiting, late]);
  expect(begun).toEqual(["waited", "late"]);
});

test("a waiting task that is aborted gives up its turn to the next one", async () => {
  const inTurn = createSemaphore(1);
  const begun: string[] = [];
  const first = Promise.withResolvers<void>();
  const [leaving, staying] = [new AbortController(), new AbortController()];
  const ends = [
    inTurn(() => first.promise),
    inTurn(async () => begun.push("left"), leaving.signal),
    inTurn(async () => begun.push("stayed"), staying.signal),
  ];
  leaving.abort();
  expect(await ends[1]).toBeNull();
  expect(await inTurn(async () => begun.push("late"), leaving.signal)).toBeNull();
  first.resolve();
  await Promise.all(ends);
  expect(begun).toEqual(["stayed"]);
  expect(await inTurn(async () => "let in at once", leaving.signal)).toBe("let in at once");
  // The process's signals live as long as it does.
  expect(getEventListeners(leaving.signal, "abort")).toEqual([]);
  expect(getEventListeners(staying.signal, "abort")).toEqual([]);
});

test("a running task keeps its place until its end, whatever its signal, and its own failure is not hidden", async () => {
  const inTurn = createSemaphore(1);
  const begun: string[] = [];
  const first = Promise.withResolvers<string>();
  const leaving = new AbortController();
  const held = inTurn(() => first.promise, leaving.signal);
  leaving.abort();
  const next = inTurn(async () => begun.push("next"));
  await new Promise(setImmediate);
  expect(begun).toEqual([]);
  first.resolve("whole");
  expect(await held).toBe("whole");
  await next;
  expect(begun).toEqual(["next"]);
  const fails = inTurn(() => Promise.reject(new Error("The reading failed")), leaving.signal);
  await expect(fails).rejects.toThrow("The reading failed");
});
