import { afterAll, beforeAll, expect, test } from "vitest";
import { connectFast, operationsOf, queueCreates, statsOf, untilStanding } from "@/test/changes";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";
import { findHolder } from "@/test/workers";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

test("after workers are repeatedly killed with -9 during 300 creates, another takes over and everybody exists once", async () => {
  const tenant = await connectFast(stack, "killed", { reads: "mailbox", latencyMs: 40 });
  const workers = [stack.worker, await stack.startWorker()];
  const changeId = await queueCreates(stack.owner, tenant, 300);
  for (const created of [60, 160]) {
    await waitFor(
      async () => (await statsOf(stack, tenant)).createsAccepted >= created,
      `${created} creates`,
    );
    const holder = await findHolder(stack, changeId, workers);
    await holder.kill();
    workers.splice(workers.indexOf(holder), 1, await stack.startWorker());
  }
  const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect(change.counts).toMatchObject({ confirmed: 300, failed: 0 });
  expect(await statsOf(stack, tenant)).toMatchObject({
    createsAccepted: 300,
    duplicateCreates: {},
    // A tenant that shows accepted requests is read before anything is sent again, so nothing ever collides.
    conflicts: 0,
  });
  const takenOver = await stack.rows("SELECT FROM event WHERE action = 'run.taken_over'");
  expect(takenOver).toHaveLength(2);
  const ids = await stack.rows("SELECT DISTINCT resource_id FROM operation WHERE change_id = $1", [changeId]);
  expect(ids).toHaveLength(300);
  // Operations that dead workers had claimed were tried a second or third time, and no others more often.
  expect(Math.max(...operationsOf(change).map(({ attempt }) => attempt))).toBeLessThanOrEqual(3);
}, 120_000);
