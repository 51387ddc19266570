/**
 * The tenants this process works on, each at most once. A hanging tenant blocks one slot and no other tenant. The
 * sweep starts nothing while all slots are taken, and the queue's own limit keeps jobs below it.
 */
export type TenantPool = {
  /** Resolves when the tenant's work is done, also when it was already under way. */
  run(tenantId: string): Promise<void>;
  /**
   * Signals that something new is due in a tenant. Work under way is notified and repeated afterwards, at once unless
   * others wait for the slot. Without a free slot nothing starts: the sweep finds the tenant again.
   */
  wake(tenantId: string): void;
  hasRoom(): boolean;
  /**
   * Sorts tenants: first those that had no turn yet, then by how long ago their last turn began. With more due
   * tenants than slots, none gets a second turn before each had one.
   */
  inTurn(tenantIds: readonly string[]): string[];
  /** Resolves when no work is under way. */
  drain(): Promise<void>;
};

type Place = { done: Promise<void>; woken: AbortController };

/**
 * Creates the pool.
 * @param work gets a signal that aborts when something new is due, which should not wait for the current work.
 */
export function createTenantPool(
  max: number,
  work: (tenantId: string, woken: AbortSignal) => Promise<void>,
): TenantPool {
  const running = new Map<string, Place>();
  /** The number of each tenant's last turn. */
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
    // When the pool is full the sweep decides whose turn it is.
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
