import { afterAll, beforeAll, expect, test } from "vitest";
import { connectFast, queueCreates, statsOf, untilStanding } from "@/test/changes";
import { sizeOf } from "@/test/run-length";
import { type ClusterStack, startClusterStack } from "@/test/cluster-stack";
import { waitFor } from "@/lib/wait-for";

let stack: ClusterStack;

beforeAll(async () => {
  stack = await startClusterStack();
});
afterAll(() => stack?.close());

type Refusal = readonly [what: string, refuse: string | null, relent: string | null];

const refusals: Refusal[] = [
  ["crashes and restarts", null, null],
  ["has no connection left for the worker", "CONNECTION LIMIT 0", "CONNECTION LIMIT -1"],
  ["cancels every statement", "SET statement_timeout = '1ms'", "RESET statement_timeout"],
  [
    "takes no writes, as a full disk or a standby",
    "SET default_transaction_read_only = on",
    "RESET default_transaction_read_only",
  ],
];

/** A crash ends connections, a refusal leaves them. The long run has all four. */
const chosen = sizeOf({ short: refusals.slice(0, 1), long: refusals });

test.each(chosen)(
  "a database that %s in the middle of a run loses nothing and duplicates nothing",
  async (what, refuse, relent) => {
    const slug = `db-${refusals.findIndex(([name]) => name === what)}`;
    const tenant = await connectFast(stack, slug, { reads: "mailbox", latencyMs: 40 });
    const changeId = await queueCreates(stack.owner, tenant, 300);
    await waitFor(async () => (await statsOf(stack, tenant)).createsAccepted >= 60, "60 creates");
    const logged = stack.worker.output().length;
    if (refuse) await stack.rows(`ALTER ROLE rollcall_worker ${refuse}`);
    // A role's rights apply to new sessions; a crash ends the old ones.
    await stack.cluster.restart("immediate");
    if (relent) {
      const isRefused = async () => stack.worker.output().slice(logged).includes('"level":"error"');
      await waitFor(isRefused, "the worker to be refused");
      await stack.rows(`ALTER ROLE rollcall_worker ${relent}`);
      await stack.cluster.restart("immediate");
    }
    const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
    expect(change.counts).toMatchObject({ confirmed: 300, failed: 0 });
    expect(await statsOf(stack, tenant)).toMatchObject({
      createsAccepted: 300,
      duplicateCreates: {},
      conflicts: 0,
    });
  },
  120_000,
);

test("the worker that survived all of it exits in order", async () => {
  expect(await stack.worker.stop()).toBe(0);
});
