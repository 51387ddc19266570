import PQueue from "p-queue";

/** Runs the work when its turn comes, and settles as the work does. */
export type Semaphore = {
  <T>(work: () => Promise<T>): Promise<T>;
  /** @returns null when `signal` aborted before its turn; the work is then not started. */
  <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T | null>;
};

/** Runs at most `max` pieces of work at the same time; the others wait, first come first served. */
export function createSemaphore(max: number): Semaphore {
  const queue = new PQueue({ concurrency: max });

  return async <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    if (!signal) return queue.add(work);
    if (signal.aborted && queue.pending >= max) return null as T;
    // Aborting the caller's signal would free a running task's place in the queue; this one only ends the wait.
    const waiting = new AbortController();
    const leave = (): void => waiting.abort();
    signal.addEventListener("abort", leave, { once: true });
    const enter = (): Promise<T> => {
      signal.removeEventListener("abort", leave);
      return work();
    };
    try {
      return await queue.add(enter, { signal: waiting.signal });
    } catch (error) {
      if (waiting.signal.aborted) return null as T;
      throw error;
    }
  };
}
