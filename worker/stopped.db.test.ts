import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getChange } from "@/lib/changes/data";
import { connectFast, operationsOf, queueCreates, statsOf, untilStanding } from "@/test/changes";
import { sizeOf } from "@/test/run-length";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";
import type { WorkerProcess } from "@/test/worker-process";
import { findHolder } from "@/test/workers";

// Allows for a busy machine; every wait below ends as soon as its condition holds.
vi.setConfig({ testTimeout: 120_000 });

let stack: Stack;
let workers: WorkerProcess[];

beforeAll(async () => {
  // The effect of a signal depends on how a process was started, so these are started as in production.
  stack = await startStack({ fromSource: true });
  workers = [stack.worker];
});
afterAll(() => stack?.close());

function untilCreated(tenant: Parameters<typeof statsOf>[1], count: number): Promise<void> {
  return waitFor(async () => (await statsOf(stack, tenant)).createsAccepted >= count, `${count} creates`);
}

test("a run continues although every job of the queue is deleted, repeatedly", async () => {
  const tenant = await connectFast(stack, "jobless", { reads: "mailbox", latencyMs: 40 });
  const changeId = await queueCreates(stack.owner, tenant, 120);
  await waitFor(async () => {
    await stack.rows("DELETE FROM pgboss.job");
    return (await getChange(stack.owner, { changeId })).state !== "applying";
  }, "the change to end without a queue");
  expect(await statsOf(stack, tenant)).toMatchObject({
    createsAccepted: 120,
    duplicateCreates: {},
    conflicts: 0,
  });
});

test("SIGTERM ends a busy worker with 0, and the rest is distinguished: sent and settled, or never sent", async () => {
  const tenant = await connectFast(stack, "asked-to-end", { reads: "mailbox", latencyMs: 40 });
  const changeId = await queueCreates(stack.owner, tenant, 200);
  await untilCreated(tenant, 40);
  expect(await workers.pop()?.stop()).toBe(0);
  const { counts, runs } = await getChange(stack.owner, { changeId });
  expect(counts).toMatchObject({ sent: 0, unknown: 0, failed: 0 });
  expect(counts.accepted + counts.queued).toBe(200);
  expect(counts.accepted).toBe((await statsOf(stack, tenant)).createsAccepted);
  expect(runs).toMatchObject([{ state: "queued" }]);

  workers.push(await stack.startWorker());
  const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect(operationsOf(change).every(({ attempt, state }) => attempt === 1 && state === "confirmed")).toBe(
    true,
  );
  expect(await statsOf(stack, tenant)).toMatchObject({
    createsAccepted: 200,
    duplicateCreates: {},
    conflicts: 0,
  });
});

/** Takes a lease of 12 s to end; fencing.db.test.ts has the rule itself. */
const isLong = sizeOf({ short: false, long: true });

test.runIf(isLong)(
  "a worker that was frozen beyond its lease does no harm when it wakes, and everybody exists once",
  async () => {
    const tenant = await connectFast(stack, "asleep", { reads: "mailbox", latencyMs: 40 });
    workers.push(await stack.startWorker());
    const changeId = await queueCreates(stack.owner, tenant, 300);
    await untilCreated(tenant, 60);
    const sleeper = await findHolder(stack, changeId, workers);
    sleeper.signal("SIGSTOP");
    await waitFor(async () => {
      const taken = await stack.rows("SELECT FROM run WHERE change_id = $1 AND epoch > 1", [changeId]);
      return taken.length === 1;
    }, "another worker to take the run");
    sleeper.signal("SIGCONT");
    const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
    expect(change.counts).toMatchObject({ confirmed: 300, failed: 0 });
    expect(await statsOf(stack, tenant)).toMatchObject({ createsAccepted: 300, duplicateCreates: {} });
    expect(await sleeper.stop()).toBe(0);
  },
  120_000,
);
