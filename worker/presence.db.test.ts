import { afterAll, beforeAll, expect, test } from "vitest";
import { getWorkerAbsence } from "@/lib/changes/data";
import { waitFor } from "@/lib/wait-for";
import { connectFast, queueCreates } from "@/test/changes";
import { makeOperator } from "@/test/scope";
import { type Stack, startStack } from "@/test/stack";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

/** As if two minutes had passed. */
function age() {
  return stack.rows("UPDATE worker SET seen_at = now() - interval '2 minutes'");
}

test("while a worker is there it says so again and again, and what waits without one is told until another one comes", async () => {
  const tenant = await connectFast(stack, "presence", { reads: "mailbox", latencyMs: 100 });
  await age();
  await waitFor(async () => (await getWorkerAbsence(stack.owner)) === null, "the worker to be seen again");

  await stack.worker.stop();
  await queueCreates(stack.owner, tenant, 12);
  expect(await getWorkerAbsence(stack.owner)).toBeNull();
  await age();
  expect(await getWorkerAbsence(stack.owner)).toEqual({ goneSeconds: expect.any(Number), waiting: 12 });
  const { scope: stranger } = await makeOperator(stack.database, "technician");
  expect(await getWorkerAbsence(stranger)).toMatchObject({ waiting: 0 });

  await stack.startWorker();
  await waitFor(async () => (await getWorkerAbsence(stack.owner)) === null, "the new worker to be seen");
}, 120_000);
