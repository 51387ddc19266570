import { expect, test, vi } from "vitest";
import { createTenantPool } from "@/worker/tenant-pool";

test("one tenant's work runs once at a time, whoever asks, and another's runs beside it", async () => {
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const started: string[] = [];
  const pool = createTenantPool(2, (tenantId) => {
    started.push(tenantId);
    const gate = Promise.withResolvers<void>();
    gates.set(tenantId, gate);
    return gate.promise;
  });
  const first = pool.run("acme");
  expect(pool.run("acme")).toBe(first);
  expect(pool.hasRoom()).toBe(true);
  void pool.run("contoso");
  expect(pool.hasRoom()).toBe(false);
  expect(started).toEqual(["acme", "contoso"]);
  gates.get("acme")?.resolve();
  await first;
  expect(pool.hasRoom()).toBe(true);
  void pool.run("acme");
  expect(started).toEqual(["acme", "contoso", "acme"]);
  for (const gate of gates.values()) gate.resolve();
  await pool.drain();
});

test("failed work frees its slot", async () => {
  const pool = createTenantPool(1, () => Promise.reject(new Error("no")));
  await expect(pool.run("acme")).rejects.toThrow("no");
  expect(pool.hasRoom()).toBe(true);
  await pool.drain();
});

test("tenants without a turn come first, then those whose last turn is the longest ago", async () => {
  const pool = createTenantPool(3, () => Promise.resolve());
  for (const tenantId of ["acme", "contoso", "acme"]) await pool.run(tenantId);
  expect(pool.inTurn(["acme", "globex", "contoso", "initech"])).toEqual([
    "globex",
    "initech",
    "contoso",
    "acme",
  ]);
});

test("new work of a busy tenant is announced to the current work, and done at once after it", async () => {
  const { pool, signals, gates } = createGated(2);
  const first = pool.run("acme");
  expect(signals[0]?.aborted).toBe(false);
  pool.wake("acme");
  pool.wake("acme");
  expect(signals[0]?.aborted).toBe(true);
  expect(signals).toHaveLength(1);
  gates[0]?.resolve();
  await vi.waitFor(() => expect(signals).toHaveLength(2));
  expect(signals[1]?.aborted).toBe(false);
  gates[1]?.resolve();
  await first;
  expect(signals).toHaveLength(2);
  await pool.drain();
});

test("a woken tenant frees its slot to waiting ones, and nothing starts without a slot", async () => {
  const { pool, signals, gates } = createGated(1);
  const first = pool.run("acme");
  pool.wake("contoso");
  pool.wake("acme");
  expect(signals).toHaveLength(1);
  gates[0]?.resolve();
  await first;
  await pool.drain();
  expect(signals).toHaveLength(1);
  expect(pool.hasRoom()).toBe(true);
});

/** Work that ends when its gate opens, in the order it began. */
function createGated(max: number) {
  const signals: AbortSignal[] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const pool = createTenantPool(max, (_tenantId, woken) => {
    const gate = Promise.withResolvers<void>();
    signals.push(woken);
    gates.push(gate);
    return gate.promise;
  });
  return { pool, signals, gates };
}
