import { afterAll, beforeAll, expect, test } from "vitest";
import { getChange } from "@/lib/changes/data";
import { replaceToken } from "@/lib/tenants/mutations";
import { listIssues } from "@/lib/issues/data";
import { connectFast, setFaults, statsOf, untilTenant } from "@/test/changes";
import { queueMany } from "@/test/queue-many";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

const OPERATIONS = 100_000;
/** The limit that connectFast sets. */
const IN_FLIGHT = 4;

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

test("a token rejected at operation 500 of 100,000 stops the sending, opens one issue, and the run continues from there with a new one", async () => {
  const { owner, simulator } = stack;
  const tenant = await connectFast(stack, "rejects", { reads: "mailbox", latencyMs: 10 });
  const { tenantId } = tenant;
  await setFaults(stack, tenant, [{ kind: "html-error", status: 401, match: { method: "POST" }, skip: 499 }]);
  const changeId = await queueMany(stack, tenant, OPERATIONS);
  await untilTenant(owner, tenant, ({ state }) => state === "quarantined", "to be quarantined");
  await waitFor(
    async () => (await getChange(owner, { changeId })).runs[0]?.state === "queued",
    "the run to be released",
  );
  const stopped = await statsOf(stack, tenant);
  expect(stopped).toMatchObject({ createsAccepted: 499 });
  expect(stopped.statuses["401"]).toBeLessThanOrEqual(1 + IN_FLIGHT + 2);
  const issues = await listIssues(owner, { tenantId, state: "open" });
  expect(issues.rows).toMatchObject([{ code: "token-rejected", times: 1 }]);
  const events =
    "SELECT FROM event WHERE tenant_id = $1 AND action IN ('tenant.quarantined', 'issue.opened')";
  expect(await stack.rows(events, [tenantId])).toHaveLength(2);
  expect((await getChange(owner, { changeId })).counts).toMatchObject({ sent: 0, unknown: 0, failed: 0 });

  await setFaults(stack, tenant, []);
  const { token } = await simulator.control<{ token: string }>("POST", "/tenants/rejects/token/regenerate");
  await replaceToken(owner, { tenantId, token, reason: "The old one was revoked" });
  await waitFor(async () => (await statsOf(stack, tenant)).createsAccepted >= 900, "400 more creates");
  expect(await stack.worker.stop()).toBe(0);

  const after = await statsOf(stack, tenant);
  expect(after).toMatchObject({ duplicateCreates: {}, conflicts: 0 });
  // Every write request was accepted or was one of the rejected ones: nothing was sent twice.
  expect(after.requests["POST /Users"]).toBe(after.createsAccepted + (stopped.statuses["401"] ?? 0));
  const [totals] = await stack.rows(
    `SELECT count(*) FILTER (WHERE state IN ('accepted', 'confirmed'))::int AS done,
            count(*) FILTER (WHERE state = 'queued')::int AS queued,
            max(attempt) AS attempts,
            max(seq) FILTER (WHERE state <> 'queued') - min(seq) FILTER (WHERE state = 'queued') < $2 AS "isInOrder"
       FROM operation WHERE change_id = $1`,
    [changeId, IN_FLIGHT],
  );
  expect(totals).toEqual({
    done: after.createsAccepted,
    queued: OPERATIONS - after.createsAccepted,
    attempts: 1,
    isInOrder: true,
  });
}, 120_000);
