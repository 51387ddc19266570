/**
 * Runs writes to one resource one after the other, and writes to different resources in parallel. Parallel writes to
 * one group lost members on one server and gave 500 on another.
 */
export type WriteQueue = <Result>(key: string, write: () => Promise<Result>) => Promise<Result>;

export function createWriteQueue(): WriteQueue {
  const tails = new Map<string, Promise<void>>();
  return async function enqueue(key, write) {
    const result = (tails.get(key) ?? Promise.resolve()).then(write);
    const tail = result.then(ignore, ignore);
    tails.set(key, tail);
    try {
      return await result;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
    }
  };
}

function ignore(): void {}
