import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { transaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/queue/enqueue";
import { resumeFleet, stopFleet } from "@/lib/fleet/stop-fleet";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import { connectFast, queueCreates, statsOf, untilStanding } from "@/test/changes";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

vi.setConfig({ testTimeout: 120_000 });

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

test("a worker sends nothing from the stop until an owner resumes, and then everything once", async () => {
  const tenant = await connectFast(stack, "stopped-midway", { reads: "mailbox", latencyMs: 40 });
  const changeId = await queueCreates(stack.owner, tenant, 200);
  const created = async () => (await statsOf(stack, tenant)).createsAccepted;
  await waitFor(async () => (await created()) >= 20, "20 creates");

  await stopFleet(stack.owner, { reason: "A wrong list went out" });
  const stateOfRun = () =>
    stack.rows<{ state: string }>("SELECT state FROM run WHERE change_id = $1", [changeId]);
  await waitFor(async () => (await stateOfRun())[0]?.state === "queued", "the worker to put the run down");
  const before = await created();
  expect(before).toBeLessThan(200);

  // A manual wake-up finds nothing that may be done, and the worker waits again.
  await transaction(stack.owner, (tx) => enqueue(tx, tenantWorkJob, { tenantId: tenant.tenantId }));
  await waitFor(
    async () =>
      (
        await stack.rows(
          "SELECT FROM pgboss.job WHERE name = 'tenant.work' AND state IN ('created', 'retry', 'active')",
        )
      ).length === 0,
    "the worker to have looked",
  );
  expect(await created()).toBe(before);
  expect(await stateOfRun()).toEqual([{ state: "queued" }]);

  await resumeFleet(stack.owner, { reason: "The list was right after all" });
  await untilStanding(stack.owner, changeId, "confirmed");
  expect(await statsOf(stack, tenant)).toMatchObject({
    createsAccepted: 200,
    duplicateCreates: {},
    conflicts: 0,
  });
});
