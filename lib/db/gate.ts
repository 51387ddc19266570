/**
 * Lets `max` pieces of work go on at the same time; the others wait, first come first served.
 */
export function gate(max: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return async (work) => {
    if (busy >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
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
