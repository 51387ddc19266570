import { randomUUID } from "node:crypto";
import type { Stack } from "@/bench/stack";
import { connectSimulated, type FleetTenant } from "@/test/fleet";

/** The limits of a new tenant, and the simulated tenant's response time. */
export const RATE = 2;
const LATENCY_MS = 50;

/** Tenants connected at the same time, each with a probe and a first read. */
const CONNECT_MAX = 16;

/** Tenants with the limits of new ones. Writes to them are visible at once. */
export async function connectFleet({ scope, simulator }: Stack, count: number): Promise<FleetTenant[]> {
  const slugs = Array.from({ length: count }, () => `fleet-${randomUUID().slice(0, 8)}`).values();
  const tenants: FleetTenant[] = [];
  async function connectSome(): Promise<void> {
    for (const slug of slugs) {
      const settings = { name: slug, slug, latencyMs: LATENCY_MS, reads: "mailbox" as const };
      tenants.push(await connectSimulated(scope, simulator, settings));
    }
  }
  await Promise.all(Array.from({ length: CONNECT_MAX }, connectSome));
  return tenants;
}
