export type Semaphore = {
  /** @returns null when `signal` aborted before its turn came: then the work was not begun. */
  <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T | null>;
};

/** Lets `max` pieces of work go on at the same time; the others wait, first come first served. */
export function gate(max: number): Semaphore {
  const waiting: (() => void)[] = [];
  let busy = 0;

  /** @returns whether it was let in before the signal aborted */
  function untilLetIn(signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      function enter(): void {
        signal?.removeEventListener("abort", leave);
        resolve(true);
      }
      function leave(): void {
        waiting.splice(waiting.indexOf(enter), 1);
        resolve(false);
      }
      waiting.push(enter);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  return async (work, signal) => {
    if (busy < max) busy += 1;
    else if (!(await untilLetIn(signal))) return null;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Whoever is let in takes the place over, so that nobody who comes at this moment gets in between.
      if (next) next();
      else busy -= 1;
    }
  };
}
