import { Agent } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemScope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { createKnowBe4Client } from "@/lib/knowbe4/client";
import { confirmByLooking } from "@/lib/engine/confirm/confirm";
import { createScimClient } from "@/lib/scim/client";
import { connectFast, onboard, queueCreates, statsOf, untilStanding } from "@/test/changes";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

/** As many as are looked up singly, so slowly that the lookups continue when the next change arrives. */
const CREATES = 20;
const LATENCY_MS = 250;

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

test("a change that is applied while earlier ones are read back is sent before the remaining lookups", async () => {
  const { owner } = stack;
  const tenant = await connectFast(stack, "giving-way", { reads: "mailbox", latencyMs: LATENCY_MS });
  const earlier = await queueCreates(owner, tenant, CREATES);
  await waitFor(() => haveAllBeenAccepted(earlier), "all to be accepted, and none to be due");
  const { requestsTotal } = await statsOf(stack, tenant);
  await stack.rows("UPDATE operation SET confirm_at = now() WHERE change_id = $1", [earlier]);
  await waitFor(async () => (await statsOf(stack, tenant)).requestsTotal > requestsTotal, "the first look");

  const later = await onboard(owner, tenant, "ana");
  await untilStanding(owner, later, "confirmed");
  await untilStanding(owner, earlier, "confirmed");

  const [order] = await stack.rows(
    `SELECT count(*) FILTER (WHERE o.confirmed_at > sent.at)::int > 0 AS "gaveWay", count(*)::int AS confirmed
       FROM operation o, (SELECT min(sent_at) AS at FROM operation WHERE change_id = $2) sent
      WHERE o.change_id = $1 AND o.state = 'confirmed'`,
    [earlier, later],
  );
  expect(order).toEqual({ gaveWay: true, confirmed: CREATES });
}, 60_000);

test("a worker interrupted before its first lookup still does that one, and records what it shows of the tenant", async () => {
  const tenant = await connectFast(stack, "one-look", { reads: "mailbox" });
  const { tenantId, tenantUrl, token } = tenant;
  const changeId = await queueCreates(stack.owner, tenant, CREATES);
  await waitFor(() => haveAllBeenAccepted(changeId), "all to be accepted, and none to be due");
  await stack.worker.stop();
  await stack.rows("UPDATE operation SET confirm_at = now() WHERE change_id = $1", [changeId]);
  const dispatcher = new Agent();
  const client = createKnowBe4Client(createScimClient({ baseUrl: tenantUrl, token, dispatcher }));
  const { requestsTotal } = await statsOf(stack, tenant);
  await closeDatabase();
  connectDatabase(stack.database.workerUrl);
  await confirmByLooking(systemScope("worker", [tenantId]), tenantId, client, {
    stop: new AbortController().signal,
    woken: AbortSignal.abort(),
  });
  await dispatcher.close();
  expect((await statsOf(stack, tenant)).requestsTotal).toBe(requestsTotal + 1);
  const confirmed = await stack.rows("SELECT FROM operation WHERE change_id = $1 AND state = 'confirmed'", [
    changeId,
  ]);
  expect(confirmed).toHaveLength(1);
}, 60_000);

/** Their lookups are postponed, so that all become due at the same time. */
async function haveAllBeenAccepted(changeId: string): Promise<boolean> {
  const rows = await stack.rows(
    `UPDATE operation SET confirm_at = now() + interval '1 hour' WHERE change_id = $1 AND state = 'accepted'
     RETURNING (SELECT state FROM run WHERE run.id = run_id) AS state`,
    [changeId],
  );
  return rows.length === CREATES && rows[0]?.state === "done";
}
