import { setTimeout as wait } from "node:timers/promises";

/** Asks again until the answer is yes. @throws when it was not within `limitMs`. */
export async function waitFor(isDone: () => Promise<boolean>, what: string, limitMs = 60_000): Promise<void> {
  const until = performance.now() + limitMs;
  while (!(await isDone())) {
    if (performance.now() > until)
      throw new Error(`Waited ${limitMs / 1_000} s for ${what}, and it did not come`);
    await wait(100);
  }
}
