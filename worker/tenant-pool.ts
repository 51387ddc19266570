/**
 * The tenants this process is working on, each at most once. One tenant that hangs holds one place and no other
 * tenant's; the sweep starts no more while the places are taken, and the queue's own limit keeps jobs below it.
 */
export type TenantPool = {
  /** Resolves when the tenant's work is done, also when it was going on already. */
  run(tenantId: string): Promise<void>;
  /**
   * Something new is due in a tenant. Where its work goes on already, that is told so and done once more, at once unless
   * others may wait for the place. Where there is no room nothing is begun: the sweep finds the tenant again.
   */
  wake(tenantId: string): void;
  hasRoom(): boolean;
  /**
   * The same tenants, those first that had no turn yet, and then those whose last turn began the longest ago. Where
   * more are due than there are places, nobody has a second turn before each had one.
   */
  inTurn(tenantIds: readonly string[]): string[];
  /** Resolves when nothing is going on any more. */
  drain(): Promise<void>;
};

type Place = { done: Promise<void>; woken: AbortController };

/** @param work is told by the signal that something new is due, which should not wait for what it does. */
export function createTenantPool(
  max: number,
  work: (tenantId: string, woken: AbortSignal) => Promise<void>,
): TenantPool {
  const running = new Map<string, Place>();
  /** Which turn of all it was that a tenant had last. */
  const turns = new Map<string, number>();
  let turn = 0;

  async function begin(tenantId: string, woken: AbortSignal): Promise<void> {
    let isFull = false;
    try {
      await work(tenantId, woken);
    } finally {
      isFull = running.size >= max;
      running.delete(tenantId);
    }
    // Where the pool is full the sweep says whose turn it is.
    if (woken.aborted && !isFull) await run(tenantId);
  }

  function run(tenantId: string): Promise<void> {
    const known = running.get(tenantId);
    if (known) return known.done;
    turn += 1;
    turns.set(tenantId, turn);
    const woken = new AbortController();
    const done = begin(tenantId, woken.signal);
    running.set(tenantId, { done, woken });
    return done;
  }

  return {
    run,
    wake(tenantId) {
      const known = running.get(tenantId);
      if (known) known.woken.abort();
      else if (running.size < max) void run(tenantId);
    },
    hasRoom: () => running.size < max,
    inTurn: (tenantIds) => tenantIds.toSorted((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0)),
    async drain() {
      await Promise.allSettled([...running.values()].map(({ done }) => done));
    },
  };
}
