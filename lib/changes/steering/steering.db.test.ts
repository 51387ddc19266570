import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getChange } from "@/lib/changes/data";
import { getQueue } from "@/lib/changes/tenant-queue";
import { cancelChange } from "@/lib/changes/steering/cancel-change";
import { pauseChange, resumeChange } from "@/lib/changes/steering/pause-change";
import { disconnectTenant, pauseTenant } from "@/lib/tenants/mutations";
import {
  applyIntent,
  connectFast,
  onboard,
  queueCreates,
  setLimits,
  statsOf,
  untilStanding,
} from "@/test/changes";
import type { FleetTenant } from "@/test/fleet";
import { makeOperator } from "@/test/scope";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";
import type { WorkerProcess } from "@/test/worker-process";
import { findHolder } from "@/test/workers";

let stack: Stack;
let workers: WorkerProcess[];

beforeAll(async () => {
  stack = await startStack();
  workers = [stack.worker, await stack.startWorker()];
});
afterAll(() => stack?.close());

const reason = "A test asks for it";

function untilCreated(tenant: FleetTenant, count: number): Promise<void> {
  return waitFor(async () => (await statsOf(stack, tenant)).createsAccepted >= count, `${count} creates`);
}

/** The longest wait for a pause: one heartbeat, and the requests in flight. */
const PAUSE_MS = 5_000;

test("a change paused mid-run stops within 5 s and resumes without sending anything twice", async () => {
  const tenant = await connectFast(stack, "halfway", { reads: "mailbox", latencyMs: 40 });
  const changeId = await queueCreates(stack.owner, tenant, 300);
  await untilCreated(tenant, 60);
  await pauseChange(stack.owner, { changeId, reason });
  await waitFor(
    async () => {
      const rows = await stack.rows(
        "SELECT FROM run WHERE change_id = $1 AND state = 'paused' AND lease_until IS NULL",
        [changeId],
      );
      return rows.length === 1;
    },
    "its worker to let it go",
    PAUSE_MS,
  );
  const paused = await getChange(stack.owner, { changeId });
  const { createsAccepted } = await statsOf(stack, tenant);
  expect(paused.steered).toEqual({ by: stack.owner.actor.name, reason });
  expect(paused).toMatchObject({ standing: "paused", counts: { sent: 0, unknown: 0, failed: 0 } });
  expect(paused.counts.accepted + paused.counts.confirmed).toBe(createsAccepted);
  expect(createsAccepted).toBeLessThan(300);

  // Other changes may run in the tenant meanwhile, and the paused change sends nothing.
  const other = await onboard(stack.owner, tenant, "ana");
  await untilStanding(stack.owner, other, "confirmed", "failed");
  expect((await statsOf(stack, tenant)).createsAccepted).toBe(createsAccepted + 1);

  await resumeChange(stack.owner, { changeId });
  const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect(change.counts).toMatchObject({ confirmed: 300, failed: 0 });
  expect(change.steered).toBeNull();
  expect(await statsOf(stack, tenant)).toMatchObject({
    createsAccepted: 301,
    duplicateCreates: {},
    conflicts: 0,
  });
}, 120_000);

test("a pause that is resumed at once disturbs nothing", async () => {
  const tenant = await connectFast(stack, "wavering", { reads: "mailbox", latencyMs: 40 });
  const changeId = await queueCreates(stack.owner, tenant, 200);
  await untilCreated(tenant, 40);
  await pauseChange(stack.owner, { changeId, reason });
  await resumeChange(stack.owner, { changeId });
  const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect(change.counts).toMatchObject({ confirmed: 200, failed: 0 });
  expect(await statsOf(stack, tenant)).toMatchObject({
    createsAccepted: 200,
    duplicateCreates: {},
    conflicts: 0,
  });
}, 120_000);

test("after a cancel, sent operations are settled and accepted ones confirmed", async () => {
  const tenant = await connectFast(stack, "given-up", { reads: "mailbox", latencyMs: 40 });
  const changeId = await queueCreates(stack.owner, tenant, 300);
  await untilCreated(tenant, 60);
  await cancelChange(stack.owner, { changeId, reason });
  const ended = await untilStanding(stack.owner, changeId, "cancelled", "failed");
  expect(ended).toMatchObject({
    standing: "cancelled",
    counts: { queued: 0, sent: 0, unknown: 0, failed: 0 },
  });
  expect(ended.runs).toMatchObject([{ state: "cancelled" }]);
  expect(ended.steered).toEqual({ by: stack.owner.actor.name, reason });
  const { createsAccepted } = await statsOf(stack, tenant);
  expect(createsAccepted).toBeLessThan(300);
  await waitFor(async () => {
    const { counts } = await getChange(stack.owner, { changeId });
    return counts.confirmed === createsAccepted && counts.cancelled === 300 - createsAccepted;
  }, "everybody who was created to be confirmed, and nobody else");
  expect((await statsOf(stack, tenant)).createsAccepted).toBe(createsAccepted);
}, 120_000);

test("operations that a worker claimed and released after a cancel are not sent by the next one", async () => {
  const tenant = await connectFast(stack, "slow", { reads: "mailbox", latencyMs: 40 });
  await setLimits(stack.owner, tenant, { rate: 5, inFlightMax: 2 });
  const changeId = await queueCreates(stack.owner, tenant, 60);
  await untilCreated(tenant, 8);
  const holder = await findHolder(stack, changeId, workers);
  await cancelChange(stack.owner, { changeId, reason });
  expect(await holder.stop()).toBe(0);
  workers.splice(workers.indexOf(holder), 1, await stack.startWorker());
  const { createsAccepted } = await statsOf(stack, tenant);
  const ended = await untilStanding(stack.owner, changeId, "cancelled", "failed");
  expect(ended.counts).toMatchObject({
    queued: 0,
    sent: 0,
    unknown: 0,
    failed: 0,
    cancelled: 60 - createsAccepted,
  });
  expect((await statsOf(stack, tenant)).createsAccepted).toBe(createsAccepted);
}, 120_000);

test("a change that waits in a paused tenant is cancelled at once, without a worker", async () => {
  const tenant = await connectFast(stack, "shut", { reads: "mailbox" });
  await pauseTenant(stack.owner, { tenantId: tenant.tenantId, reason });
  const changeId = await queueCreates(stack.owner, tenant, 5);
  await cancelChange(stack.owner, { changeId, reason });
  const ended = await getChange(stack.owner, { changeId });
  expect(ended).toMatchObject({ standing: "cancelled", counts: { cancelled: 5 } });
  expect(ended.finishedAt).not.toBeNull();
  await expect(cancelChange(stack.owner, { changeId, reason })).rejects.toThrow("Nothing was cancelled");
});

test("a change is cancelled in one tenant and continues in the other", async () => {
  const [left, kept] = [
    await connectFast(stack, "left", { reads: "mailbox" }),
    await connectFast(stack, "kept", { reads: "mailbox" }),
  ];
  await pauseTenant(stack.owner, { tenantId: left.tenantId, reason });
  const changeId = await applyIntent(stack.owner, {
    kind: "onboard",
    personId: randomUUID(),
    attributes: { givenName: "Ana", familyName: "Ruiz" },
    groups: [],
    accounts: [left, kept].map(({ tenantId, domain }) => ({ tenantId, userName: `ana@${domain}` })),
  });
  await cancelChange(stack.owner, { changeId, tenantId: left.tenantId, reason });
  const ended = await untilStanding(stack.owner, changeId, "cancelled", "failed");
  expect(ended.runs.map(({ tenantName, state }) => [tenantName, state]).toSorted()).toEqual([
    ["kept", "done"],
    ["left", "cancelled"],
  ]);
  expect((await statsOf(stack, kept)).createsAccepted).toBe(1);
  expect((await statsOf(stack, left)).createsAccepted).toBe(0);
});

test("a paused change names the operator who ended it, and nobody if the tenant's end ended it", async () => {
  const { scope: colleague } = await makeOperator(stack.database, "owner");
  const pausedIn = async (...slugs: string[]) => {
    const tenants = await Promise.all(slugs.map((slug) => connectFast(stack, slug, { reads: "mailbox" })));
    for (const { tenantId } of tenants) await pauseTenant(stack.owner, { tenantId, reason });
    const accounts = tenants.map(({ tenantId, domain }) => ({ tenantId, userName: `ana@${domain}` }));
    const person = { personId: randomUUID(), attributes: { givenName: "Ana", familyName: "Ruiz" } };
    const changeId = await applyIntent(stack.owner, { kind: "onboard", ...person, groups: [], accounts });
    await pauseChange(stack.owner, { changeId, reason });
    return { changeId, tenantIds: tenants.map(({ tenantId }) => tenantId) };
  };
  const steeredOf = async (changeId: string) => {
    const { standing, steered } = await getChange(stack.owner, { changeId });
    return { standing, steered };
  };

  const { changeId, tenantIds } = await pausedIn("first-share", "second-share");
  const [first = "", second = ""] = tenantIds;
  await cancelChange(colleague, { changeId, tenantId: first, reason: "Not here" });
  expect(await steeredOf(changeId)).toEqual({
    standing: "paused",
    steered: { by: stack.owner.actor.name, reason },
  });
  await cancelChange(colleague, { changeId, tenantId: second, reason: "Nor there" });
  expect(await steeredOf(changeId)).toEqual({
    standing: "cancelled",
    steered: { by: colleague.actor.name, reason: "Nor there" },
  });

  const other = await pausedIn("disconnected");
  const [tenantId = ""] = other.tenantIds;
  await disconnectTenant(stack.owner, { tenantId, name: "disconnected", reason });
  await untilStanding(stack.owner, other.changeId, "cancelled");
  expect((await steeredOf(other.changeId)).steered).toBeNull();
});

test("fifty requests for one tenant give one running run and a visible queue, done in order", async () => {
  const tenant = await connectFast(stack, "popular", { reads: "mailbox", latencyMs: 100 });
  const { tenantId } = tenant;
  const names = Array.from({ length: 50 }, (_, index) => `asker-${index}`);
  const changeIds: string[] = [];
  for (let from = 0; from < names.length; from += 10) {
    const asked = names.slice(from, from + 10).map((name) => onboard(stack.owner, tenant, name));
    changeIds.push(...(await Promise.all(asked)));
  }
  const queue = await getQueue(stack.owner, { tenantId });
  expect(queue.total).toBeGreaterThan(1);
  expect(queue.runs.filter(({ state }) => state === "running").length).toBeLessThanOrEqual(1);
  const waiting = queue.runs
    .filter(({ state }) => state === "queued")
    .map(({ queuedAt }) => Number(queuedAt));
  expect(waiting).toEqual(waiting.toSorted((a, b) => a - b));
  for (const changeId of changeIds) await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect(await getQueue(stack.owner, { tenantId })).toMatchObject({ runs: [], total: 0 });
  expect(await statsOf(stack, tenant)).toMatchObject({ createsAccepted: 50, duplicateCreates: {} });
  // Never two at a time: each began after the one before it had ended.
  const overlapping = await stack.rows(
    `SELECT FROM run a JOIN run b ON b.tenant_id = a.tenant_id AND b.id <> a.id
      WHERE a.tenant_id = $1 AND b.started_at >= a.started_at AND b.started_at < a.finished_at AND a.finished_at < b.finished_at
        AND b.started_at > a.started_at`,
    [tenantId],
  );
  expect(overlapping).toEqual([]);
}, 120_000);

test("a technician sees an empty queue for another's tenant", async () => {
  const tenant = await connectFast(stack, "secret", { reads: "mailbox" });
  await pauseTenant(stack.owner, { tenantId: tenant.tenantId, reason });
  await queueCreates(stack.owner, tenant, 1);
  const { scope } = await makeOperator(stack.database, "technician", []);
  expect(await getQueue(scope, { tenantId: tenant.tenantId })).toEqual({ runs: [], total: 0, scheduled: [] });
  expect(await getQueue(stack.owner, { tenantId: tenant.tenantId })).toMatchObject({ total: 1 });
});
