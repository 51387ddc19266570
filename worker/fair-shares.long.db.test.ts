import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectFast, queueCreates, setFaults, setLimits } from "@/test/changes";
import { expectCreatedOnce } from "@/test/expect-created-once";
import { type Stack, startStack } from "@/test/stack";

const TENANTS = 60;
const CREATES = 20;
/** Far fewer than there are tenants, so that most of them wait. */
const AT_ONCE = 8;
/** A worker's connections: lib/db/client.ts's pools of 16 and 6, and the queue's 4, one to listen and 2 to send. */
const CONNECTIONS_MAX = 16 + 6 + 4 + 1 + 2;

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

test("with many tenants at one worker with few slots, none has a second turn before each had its first, and all finish on the worker's few connections", async () => {
  const { owner } = stack;
  const slugs = Array.from({ length: TENANTS }, (_, index) => `fair-${index}`);
  const tenants = await Promise.all(
    slugs.map((slug) => connectFast(stack, slug, { reads: "mailbox", latencyMs: 20 })),
  );
  await stack.worker.stop();
  for (const tenant of tenants) {
    // The first request of each is answered with a wait of a second, one at a time, so each needs a second turn.
    await setLimits(owner, tenant, { rate: 1_000, inFlightMax: 1 });
    await setFaults(stack, tenant, [{ kind: "429", match: { method: "POST" }, times: 1, retryAfter: 1 }]);
  }
  const changes = await Promise.all(
    tenants.map(async (tenant) => ({ tenant, changeId: await queueCreates(owner, tenant, CREATES) })),
  );

  const connections = await watchConnections(async () => {
    await stack.startWorker({ WORKER_TENANTS_MAX: String(AT_ONCE) });
    for (const { tenant, changeId } of changes)
      await expectCreatedOnce(stack, tenant, { changeId, count: CREATES });
  });
  expect(connections).toBeGreaterThan(0);
  expect(connections).toBeLessThanOrEqual(CONNECTIONS_MAX);
  // Requests after the 429 belong to a second turn, and the first turn took the tenant's run.
  const [turns] = await stack.rows<{ firsts: number; isFair: boolean }>(
    `SELECT count(*)::int AS firsts, max(started_at) <= min(again) AS "isFair"
       FROM run JOIN LATERAL (SELECT min(at) AS again FROM attempt
             WHERE attempt.tenant_id = run.tenant_id AND method = 'POST' AND status <> 429) a ON true`,
  );
  expect(turns).toEqual({ firsts: TENANTS, isFair: true });
}, 180_000);

/** @returns the most connections of the worker during the work */
async function watchConnections(work: () => Promise<void>): Promise<number> {
  let most = 0;
  let isOver = false;
  const working = work().finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const [seen] = await stack.rows<{ count: number }>(
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE usename = 'rollcall_worker' AND datname = $1",
      [stack.database.name],
    );
    most = Math.max(most, seen?.count ?? 0);
    await wait(50);
  }
  await working;
  return most;
}
