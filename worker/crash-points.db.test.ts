import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectFast, queueCreates, statsOf, untilStanding } from "@/test/changes";
import { crashPoints } from "@/test/die-at";
import type { FleetTenant } from "@/test/fleet";
import { sizeOf } from "@/test/run-length";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

/** Points where a request may be sent and not recorded, or recorded by half. The long run has all points. */
const WORST = ["results are written, and not committed", "an answer is whole, and not recorded"];
const points = sizeOf({ short: crashPoints.filter((point) => WORST.includes(point)), long: crashPoints });
/** Doomed workers at a time: each is a process, and they share the machine with other tests. */
const WAVE = 6;
/** At 200 ms each and four at a time this lasts longer than a heartbeat. */
const CREATES = 60;

test("a worker that dies at a point of its work leaves everybody created once, and every total right", async () => {
  const tenants = await Promise.all(
    points.map((_, index) => connectFast(stack, `crash-${index}`, { reads: "mailbox", latencyMs: 200 })),
  );
  await stack.worker.stop();
  const changes: { changeId: string; tenant: FleetTenant }[] = [];
  for (let start = 0; start < points.length; start += WAVE) {
    const doomed = await Promise.all(points.slice(start, start + WAVE).map(startDoomed));
    for (const tenant of tenants.slice(start, start + WAVE)) {
      changes.push({ tenant, changeId: await queueCreates(stack.owner, tenant, CREATES) });
    }
    for (const { worker, point } of doomed)
      await waitFor(async () => worker.hasDied(), `a worker to die: ${point}`);
  }

  await stack.startWorker();
  for (const { changeId, tenant } of changes) {
    const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
    expect(change.counts, tenant.slug).toMatchObject({ confirmed: CREATES, failed: 0, unknown: 0 });
    expect(await statsOf(stack, tenant), tenant.slug).toMatchObject({
      createsAccepted: CREATES,
      duplicateCreates: {},
      conflicts: 0,
    });
  }
  const events = await stack.rows<{ times: number }>(
    "SELECT count(*)::int AS times FROM event WHERE action = 'operation.accepted' GROUP BY body::jsonb -> 'details' ->> 'operation'",
  );
  expect(events).toHaveLength(changes.length * CREATES);
  expect(Math.max(...events.map(({ times }) => times))).toBe(1);
}, 300_000);

async function startDoomed(point: string) {
  const preload = path.join(import.meta.dirname, "../test/die-at.ts");
  const worker = await stack.startWorker({ NODE_OPTIONS: `--import ${preload}`, DIE_AT: point });
  return { worker, point };
}
