import { afterAll, beforeAll, expect, test } from "vitest";
import { connectFast, queueCreates, statsOf, untilStanding } from "@/test/changes";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

test("a worker whose database has a newer schema releases its runs and takes none, until a newer one starts", async () => {
  const tenant = await connectFast(stack, "outdated", { reads: "mailbox", latencyMs: 100 });
  const changeId = await queueCreates(stack.owner, tenant, 200);
  await waitFor(async () => (await statsOf(stack, tenant)).createsAccepted >= 20, "20 creates");
  await stack.rows(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('later', '', '9999_later', now())",
  );
  const run = () => stack.rows<{ state: string }>("SELECT state FROM run WHERE change_id = $1", [changeId]);
  await waitFor(async () => (await run())[0]?.state === "queued", "the run to be released");
  const { requestsTotal } = await statsOf(stack, tenant);
  const said = stack.worker.output().split("newer schema than this version").length - 1;
  expect(said).toBe(1);
  expect((await stack.rows("SELECT FROM operation WHERE state IN ('sent', 'unknown')")).length).toBe(0);

  await stack.rows("DELETE FROM _prisma_migrations WHERE id = 'later'");
  await stack.startWorker();
  const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect(change.counts).toMatchObject({ confirmed: 200, failed: 0 });
  expect(requestsTotal).toBeLessThan((await statsOf(stack, tenant)).requestsTotal);
  expect(stack.worker.output().split("newer schema than this version")).toHaveLength(2);
}, 120_000);
