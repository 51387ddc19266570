import { setTimeout as wait } from "node:timers/promises";

const INTERVAL_MS = 100;

/**
 * Asks again until the answer is yes, ten times a second. Where an answer takes long, because sixty tenants are asked
 * after at once, it asks less often: what asks must leave the machine to what it waits for.
 * @throws when it was not within `limitMs`
 */
export async function waitFor(isDone: () => Promise<boolean>, what: string, limitMs = 60_000): Promise<void> {
  const until = performance.now() + limitMs;
  for (;;) {
    const askedMs = performance.now();
    if (await isDone()) return;
    const now = performance.now();
    if (now > until) throw new Error(`Waited ${limitMs / 1_000} s for ${what}, and it did not come`);
    await wait(Math.max(INTERVAL_MS, 4 * (now - askedMs)));
  }
}
