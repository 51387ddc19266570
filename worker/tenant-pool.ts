/**
 * The tenants this process is working on, each at most once. One tenant that hangs holds one place and no other
 * tenant's; the sweep starts no more while the places are taken, and the queue's own limit keeps jobs below it.
 */
export type TenantPool = {
  /** Resolves when the tenant's work is done, also when it was going on already. */
  run(tenantId: string): Promise<void>;
  hasRoom(): boolean;
  /**
   * The same tenants, those first that had no turn yet, and then those whose last turn began the longest ago. Where
   * more are due than there are places, nobody has a second turn before each had one.
   */
  inTurn(tenantIds: readonly string[]): string[];
  /** Resolves when nothing is going on any more. */
  drain(): Promise<void>;
};

export function createTenantPool(max: number, work: (tenantId: string) => Promise<void>): TenantPool {
  const running = new Map<string, Promise<void>>();
  /** Which turn of all it was that a tenant had last. */
  const turns = new Map<string, number>();
  let turn = 0;

  return {
    run(tenantId) {
      const known = running.get(tenantId);
      if (known) return known;
      turn += 1;
      turns.set(tenantId, turn);
      const promise = work(tenantId).finally(() => running.delete(tenantId));
      running.set(tenantId, promise);
      return promise;
    },
    hasRoom: () => running.size < max,
    inTurn: (tenantIds) => tenantIds.toSorted((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0)),
    async drain() {
      await Promise.allSettled(running.values());
    },
  };
}
