/**
 * The tenants this process is working on, each at most once. One tenant that hangs holds one place and no other
 * tenant's; the sweep starts no more while the places are taken, and the queue's own limit keeps jobs below it.
 */
export type TenantPool = {
  /** Resolves when the tenant's work is done, also when it was going on already. */
  run(tenantId: string): Promise<void>;
  hasRoom(): boolean;
  /** Resolves when nothing is going on any more. */
  drain(): Promise<void>;
};

export function createTenantPool(max: number, work: (tenantId: string) => Promise<void>): TenantPool {
  const running = new Map<string, Promise<void>>();

  return {
    run(tenantId) {
      const known = running.get(tenantId);
      if (known) return known;
      const promise = work(tenantId).finally(() => running.delete(tenantId));
      running.set(tenantId, promise);
      return promise;
    },
    hasRoom: () => running.size < max,
    async drain() {
      await Promise.allSettled(running.values());
    },
  };
}
