import { afterAll, beforeAll, expect, test } from "vitest";
import { checkReadiness } from "@/lib/operators/readiness";
import { connectFast, queueCreates, statsOf, untilStanding } from "@/test/changes";
import { type ClusterStack, startClusterStack } from "@/test/cluster-stack";
import { limitFiles, LOG_SEGMENT_BYTES, readServerLog } from "@/test/full-disk";
import { expectCreatedOnce } from "@/test/expect-created-once";
import type { FleetTenant } from "@/test/fleet";
import { waitFor } from "@/lib/wait-for";

const CREATES = 2_000;
/** Older exchanges of 1.5 kB, so that their table is beyond the limit and must grow with the next. */
const KEPT = 12_000;

let stack: ClusterStack;

beforeAll(async () => {
  stack = await startClusterStack();
});
afterAll(() => stack?.close());

const PAGE_BYTES = 8_192;
const isLinux = process.platform === "linux";

test.runIf(isLinux)(
  "a disk without room for tables loses no operation, and the run continues when there is room",
  async () => {
    await keepExchanges();
    const { tenant, changeId } = await queueAndBegin("no-room");
    const logged = stack.worker.output().length;
    await limitFiles(stack, LOG_SEGMENT_BYTES);
    const isRefused = async () => stack.worker.output().slice(logged).includes('"level":"error"');
    await waitFor(isRefused, "the worker to be refused");
    expect(await readServerLog(stack)).toContain("could not extend file");
    const written =
      "SELECT FROM attempt JOIN operation o ON o.id = operation_id WHERE change_id = $1 AND method = 'POST'";
    const sent = (await stack.rows(written, [changeId])).length;
    // The tenant accepted it but nobody could record it; the engine finds it there and does not send it again.
    expect((await statsOf(stack, tenant)).createsAccepted).toBeGreaterThan(sent);
    await limitFiles(stack, null);
    await expectCreatedOnce(stack, tenant, { changeId, count: CREATES });
  },
  120_000,
);

test.runIf(isLinux)(
  "a disk without room for PostgreSQL's log makes this process unready, and the run continues when there is room",
  async () => {
    const { tenant, changeId } = await queueAndBegin("no-log");
    expect(await checkReadiness()).toMatchObject({ ready: true });
    await limitFiles(stack, PAGE_BYTES);
    // PostgreSQL stops when it cannot write its log, and cannot recover until there is room. Its messages cannot be
    // read: their file is full as well.
    const isMissed = async () => JSON.stringify(await checkReadiness()).includes('"database"');
    await waitFor(isMissed, "the database to be missed");
    await stack.cluster.restart("immediate");
    expect(await checkReadiness()).toMatchObject({ ready: true });
    await expectCreatedOnce(stack, tenant, { changeId, count: CREATES });
  },
  120_000,
);

test("the worker that survived both exits in order", async () => {
  expect(await stack.worker.stop()).toBe(0);
});

async function keepExchanges(): Promise<void> {
  const earlier = await connectFast(stack, "earlier", { reads: "mailbox" });
  await untilStanding(stack.owner, await queueCreates(stack.owner, earlier, 1), "confirmed");
  await stack.rows(
    `INSERT INTO attempt (operation_id, tenant_id, number, at, duration_ms, method, path, request_body)
     SELECT id, tenant_id, n, now(), 0, 'GET', '/Users', repeat('x', 1500) FROM operation, generate_series(1, $1::int) n`,
    [KEPT],
  );
  const [table] = await stack.rows<{ bytes: number }>("SELECT pg_relation_size('attempt')::int AS bytes");
  expect(table?.bytes).toBeGreaterThan(LOG_SEGMENT_BYTES);
}

async function queueAndBegin(slug: string): Promise<{ tenant: FleetTenant; changeId: string }> {
  const tenant = await connectFast(stack, slug, { reads: "mailbox", latencyMs: 10 });
  const changeId = await queueCreates(stack.owner, tenant, CREATES);
  await waitFor(async () => (await statsOf(stack, tenant)).createsAccepted >= 60, "60 creates");
  return { tenant, changeId };
}
