import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectFast, queueCreates, setFaults, statsOf, untilStanding } from "@/test/changes";
import { type Stack, startStack } from "@/test/stack";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

const jumps: [name: string, ms: number][] = [
  ["an hour ahead", 3_600_000],
  ["an hour back", -3_600_000],
];

test.each(jumps)(
  "a clock that jumps %s in the middle of a run ends no lease and no wait",
  async (_, jumpMs) => {
    const slug = jumpMs > 0 ? "ahead" : "back";
    const tenant = await connectFast(stack, slug, { reads: "mailbox", latencyMs: 100 });
    await stack.worker.stop();
    const preload = path.join(import.meta.dirname, "../test/jump-clock.ts");
    const jumping = { NODE_OPTIONS: `--import ${preload}`, CLOCK_JUMP_MS: String(jumpMs) };
    const workers = [await stack.startWorker(jumping), await stack.startWorker()];
    await setFaults(stack, tenant, [
      { kind: "429", match: { method: "POST" }, skip: 20, times: 1, retryAfter: 2 },
    ]);
    const changeId = await queueCreates(stack.owner, tenant, 80);

    const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
    expect(change.counts).toMatchObject({ confirmed: 80, failed: 0 });
    expect(await statsOf(stack, tenant)).toMatchObject({
      createsAccepted: 80,
      duplicateCreates: {},
      conflicts: 0,
    });
    expect(await stack.rows("SELECT FROM event WHERE action = 'run.taken_over'")).toEqual([]);
    for (const worker of workers) await worker.stop();
    stack.worker = await stack.startWorker();
  },
  120_000,
);
