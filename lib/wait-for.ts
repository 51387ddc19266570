import { setTimeout as wait } from "node:timers/promises";

const INTERVAL_MS = 100;

/**
 * Polls a condition until it is true, ten times a second. If one poll is slow, as when sixty tenants are polled at
 * once, it polls less often, so that polling does not slow the machine it waits for.
 * @throws when the condition is not true within `limitMs`
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
