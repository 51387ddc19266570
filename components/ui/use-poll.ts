"use client";

import { useEffect, useEffectEvent, useState } from "react";

/** A single failure is retried this soon, and reported only if it repeats. */
const retryMs = 1_000;

export type Polled<T> = { data: T | undefined; error: Error | null };

/**
 * Polls while it is mounted, never while the tab is hidden or the browser is offline, and at once when that ends.
 * @param ask throws an Error with a message for people
 * @param everyMs from one answer to the next request
 */
export function usePoll<T>(ask: (signal: AbortSignal) => Promise<T>, everyMs: number): Polled<T> {
  const [polled, setPolled] = useState<Polled<T>>({ data: undefined, error: null });
  const askNow = useEffectEvent(ask);
  useEffect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAsking = false;
    let failures = 0;

    async function look() {
      clearTimeout(timer);
      if (isAsking || signal.aborted || document.visibilityState === "hidden" || !navigator.onLine) return;
      isAsking = true;
      try {
        const data = await askNow(signal);
        failures = 0;
        setPolled({ data, error: null });
      } catch (error) {
        failures += 1;
        const thrown = error instanceof Error ? error : new Error(String(error));
        if (failures > 1) setPolled(({ data }) => ({ data, error: thrown }));
      }
      isAsking = false;
      if (!signal.aborted) timer = setTimeout(() => void look(), failures === 1 ? retryMs : everyMs);
    }

    const lookAgain = () => void look();
    timer = setTimeout(lookAgain, everyMs);
    document.addEventListener("visibilitychange", lookAgain);
    window.addEventListener("online", lookAgain);
    return () => {
      gone.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", lookAgain);
      window.removeEventListener("online", lookAgain);
    };
  }, [everyMs]);
  return polled;
}
