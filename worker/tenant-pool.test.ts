import { expect, test } from "vitest";
import { createTenantPool } from "@/worker/tenant-pool";

test("a tenant is worked on once at a time, whoever asks, and another beside it", async () => {
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

test("work that fails leaves its place", async () => {
  const pool = createTenantPool(1, () => Promise.reject(new Error("no")));
  await expect(pool.run("acme")).rejects.toThrow("no");
  expect(pool.hasRoom()).toBe(true);
  await pool.drain();
});

test("who had no turn yet comes first, and then whose last one is the longest ago", async () => {
  const pool = createTenantPool(3, () => Promise.resolve());
  for (const tenantId of ["acme", "contoso", "acme"]) await pool.run(tenantId);
  expect(pool.inTurn(["acme", "globex", "contoso", "initech"])).toEqual([
    "globex",
    "initech",
    "contoso",
    "acme",
  ]);
});
