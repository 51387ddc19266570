"use client";

import { useSyncExternalStore } from "react";

const tickMs = 10_000;

/** The browser's clock in steps of ten seconds; null on the server and at first paint. */
export function useNow(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / tickMs) * tickMs,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, tickMs);
  return () => clearInterval(timer);
}
