import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { systemScope } from "@/lib/auth/scope";
import { createKnowBe4Client } from "@/lib/knowbe4/client";
import { eventsOf, healthOf, healthRecordOf, issuesOf, setTenant } from "@/test/health";
import { probeHalfOpen } from "@/lib/engine/health/half-open-probe";
import { createScimClient } from "@/lib/scim/client";
import { NO_HEALTH_RECORD } from "@/lib/tenants/health";
import type { OpenTenant } from "@/lib/tenants/open-tenant";
import {
  connectFast,
  onboard,
  operationsOf,
  queueCreates,
  setFaults,
  setLimits,
  statsOf,
  untilStanding,
  untilTenant,
} from "@/test/changes";
import { type Stack, startStack } from "@/test/stack";
import { sizeOf } from "@/test/run-length";
import { waitFor } from "@/lib/wait-for";
import type { WorkerProcess } from "@/test/worker-process";

/* Each test has tenants of its own. The last two stop the worker, so they run alone at the end. */

// Allows for a busy machine; every wait below ends as soon as its condition holds.
vi.setConfig({ testTimeout: 120_000 });

let stack: Stack;
let worker: WorkerProcess;
const syncing = { syncEverySeconds: 1, processingMs: 10 };

beforeAll(async () => {
  stack = await startStack();
  worker = stack.worker;
});
afterAll(() => stack?.close());

type Wait = readonly [name: string, wait: object, cooldown: readonly [least: number, most: number]];

/** One of each kind: a time to clamp, a date, none. The unit tests of retry-after have all forms. */
const shortWaits: Wait[] = [
  ["as a date", { retryAfter: 60, retryAfterAs: "date" }, [20, 60]],
  ["of a year", { retryAfter: 31_536_000 }, [800, 900]],
  ["without a time", {}, [-120, 2]],
];
const waits: Wait[] = [
  ...shortWaits,
  ["in seconds", { retryAfter: 60 }, [20, 60]],
  ["that has passed", { retryAfter: 0, retryAfterAs: "date" }, [-120, 1]],
  ["of a year, as a date", { retryAfter: 31_536_000, retryAfterAs: "date" }, [800, 900]],
];

describe.concurrent("a 429", () => {
  test.for(sizeOf({ short: shortWaits, long: waits }))(
    "with a wait %s halves the rate, is waited for as clamped, and counts no attempt",
    async ([name, wait, [least, most]]) => {
      const { owner } = stack;
      const tenant = await connectFast(stack, `asks-${name.replace(/\W+/g, "-")}`, {
        ...syncing,
        reads: "mailbox",
      });
      await setFaults(stack, tenant, [{ kind: "429", match: { method: "POST" }, times: 1, ...wait }]);
      const changeId = await onboard(owner, tenant, "patient");
      await waitFor(async () => (await healthOf(stack, tenant)).rate === 500, "the rate to be halved");
      const { reason, coolsFor } = await healthOf(stack, tenant);
      if (least > 0) {
        expect(reason).toBe("rate-limited");
        expect(coolsFor).toBeGreaterThan(least);
        expect(coolsFor).toBeLessThanOrEqual(most);
        const rows = await stack.rows("SELECT state, attempt FROM operation WHERE change_id = $1", [
          changeId,
        ]);
        expect(rows).toEqual([{ state: "queued", attempt: 0 }]);
        // Waits of more than five minutes open an issue.
        expect((await issuesOf(stack, tenant)).map(({ code }) => code)).toEqual(
          most > 300 ? ["rate-limited"] : [],
        );
        await setTenant(stack, tenant, "cooldown_to = now()");
        await stack.rows("UPDATE operation SET next_at = now() WHERE change_id = $1", [changeId]);
        await stack.rows("UPDATE run SET next_at = now() WHERE change_id = $1", [changeId]);
      }
      const change = await untilStanding(owner, changeId, "confirmed", "failed");
      expect(operationsOf(change)).toMatchObject([{ state: "confirmed", attempt: 1 }]);
      await untilTenant(owner, tenant, (row) => row.reason === null, "to be well again");
      expect(await issuesOf(stack, tenant)).toEqual([]);
      expect(await healthOf(stack, tenant)).toMatchObject({ rate: 500, failures: 0 });
    },
  );

  test("gives a tenant without a limit one, and clean minutes raise it up to the allowed rate", async () => {
    const { owner } = stack;
    const tenant = await connectFast(stack, "unlimited", { ...syncing, reads: "mailbox" });
    await setTenant(stack, tenant, "rate = NULL, rate_max = NULL");
    await setFaults(stack, tenant, [{ kind: "429", match: { method: "POST" }, times: 1 }]);
    const changeId = await onboard(owner, tenant, "first");
    await waitFor(async () => (await healthOf(stack, tenant)).rate === 1, "a first rate");
    await untilStanding(owner, changeId, "confirmed");
    await setTenant(stack, tenant, "rate_max = 1.2, rate_at = now() - interval '90 seconds'");
    await untilStanding(owner, await onboard(owner, tenant, "second"), "confirmed");
    await waitFor(async () => (await healthOf(stack, tenant)).rate > 1, "a raised rate");
    expect((await healthOf(stack, tenant)).rate).toBeCloseTo(1.1);
    await setTenant(stack, tenant, "rate_at = now() - interval '10 minutes'");
    await untilStanding(owner, await onboard(owner, tenant, "third"), "confirmed");
    await waitFor(async () => (await healthOf(stack, tenant)).rate === 1.2, "the rate that is allowed");
  });
});

describe.concurrent("a breaker", () => {
  test("that is open allows no write before a probe has succeeded, and closes when it has", async () => {
    const { owner } = stack;
    const tenant = await connectFast(stack, "breaks", { ...syncing, reads: "mailbox" });
    await setFaults(stack, tenant, [{ kind: "500" }]);
    const changeId = await queueCreates(owner, tenant, 20);
    await waitFor(async () => (await healthOf(stack, tenant)).failures >= 5, "five failures of ten");
    // The wait is jittered and may have passed; the probe has then failed as well.
    await setTenant(stack, tenant, "cooldown_to = now() + interval '1 hour', failures = 7");
    const { requests } = await statsOf(stack, tenant);
    await setTenant(stack, tenant, "cooldown_to = now()");
    await waitFor(async () => (await healthOf(stack, tenant)).failures === 8, "the probe to fail");
    await setTenant(stack, tenant, "cooldown_to = now() + interval '1 hour'");
    const probed = await statsOf(stack, tenant);
    expect(probed.requests["POST /Users"]).toBe(requests["POST /Users"]);
    expect(probed.requests["GET /Users"]).toBe((requests["GET /Users"] ?? 0) + 1);

    await setFaults(stack, tenant, []);
    await stack.rows("UPDATE operation SET next_at = now() WHERE change_id = $1", [changeId]);
    await stack.rows("UPDATE run SET next_at = now() WHERE change_id = $1", [changeId]);
    await setTenant(stack, tenant, "cooldown_to = now()");
    await untilStanding(owner, changeId, "confirmed");
    expect(await healthOf(stack, tenant)).toMatchObject({ failures: 0, reason: null });
  });

  test("allows one probe although twenty workers ask", async () => {
    const tenant = await connectFast(stack, "asked-by-twenty", { latencyMs: 200 });
    await setTenant(
      stack,
      tenant,
      "failures = 5, reason = 'timeout', cooldown_to = now() + interval '1 hour'",
    );
    const before = (await statsOf(stack, tenant)).requestsTotal;
    const open = async (): Promise<OpenTenant> => {
      const scim = createScimClient({ baseUrl: tenant.tenantUrl, token: tenant.token });
      const client = createKnowBe4Client(scim);
      return {
        ...tenant,
        scim,
        client,
        rate: 1,
        rateMax: 1,
        inFlightMax: 1,
        failures: 5,
        record: NO_HEALTH_RECORD,
        close: async () => {},
      };
    };
    await setTenant(stack, tenant, "cooldown_to = now()");
    const scope = systemScope("worker", [tenant.tenantId]);
    const never = new AbortController().signal;
    const asked = Array.from({ length: 20 }, () => probeHalfOpen(scope, tenant.tenantId, open, never));
    const closed = (await Promise.all(asked)).filter(Boolean);
    // The worker's sweep also probes, and may be first.
    expect(closed.length).toBeLessThanOrEqual(1);
    await untilTenant(stack.owner, tenant, ({ reason }) => reason === null, "to be well again");
    expect((await statsOf(stack, tenant)).requestsTotal).toBe(before + 1);
  });
});

test.concurrent("three failed reads of a directory in a row open an issue, until one succeeds", async () => {
  const { owner } = stack;
  const tenant = await connectFast(stack, "unreadable-thrice");
  await setFaults(stack, tenant, [
    { kind: "truncated-page", match: { path: "^/Users" } },
    { kind: "html-error", status: 404 },
  ]);
  for (let reads = 1; reads <= 3; reads += 1) {
    expect(await issuesOf(stack, tenant)).toEqual([]);
    await setTenant(stack, tenant, "cooldown_to = NULL, sync_next_at = now() + interval '1 day'");
    await stack.rows("INSERT INTO directory_read (tenant_id, requested_by) VALUES ($1, 'A test')", [
      tenant.tenantId,
    ]);
    await waitFor(
      async () =>
        (
          await stack.rows("SELECT FROM directory_read WHERE tenant_id = $1 AND state = 'failed'", [
            tenant.tenantId,
          ])
        ).length === reads,
      `read ${reads} to fail`,
    );
  }
  await waitFor(async () => (await issuesOf(stack, tenant)).length === 1, "the issue");
  expect(await issuesOf(stack, tenant)).toMatchObject([{ subject: "reading" }]);
  await setFaults(stack, tenant, []);
  await setTenant(stack, tenant, "cooldown_to = NULL");
  await stack.rows("INSERT INTO directory_read (tenant_id, requested_by) VALUES ($1, 'A test')", [
    tenant.tenantId,
  ]);
  await waitFor(async () => (await issuesOf(stack, tenant)).length === 0, "the issue to be over");
  expect(await eventsOf(stack, tenant, "issue.opened")).toHaveLength(1);
  await untilTenant(owner, tenant, ({ reason }) => reason === null, "to be well again");
});

test("after a 429 halves the rate, a restarted worker keeps both the rate and the wait", async () => {
  const { owner } = stack;
  const tenant = await connectFast(stack, "remembered", { ...syncing, reads: "mailbox" });
  await setFaults(stack, tenant, [{ kind: "429", match: { method: "POST" }, times: 1, retryAfter: 600 }]);
  const changeId = await onboard(owner, tenant, "patient");
  await untilTenant(owner, tenant, ({ reason }) => reason === "rate-limited", "to be left alone");
  await worker.stop();
  const { requestsTotal } = await statsOf(stack, tenant);
  worker = await stack.startWorker();
  // Another tenant's full cycle is long enough that an unwanted request would have been sent.
  const other = await connectFast(stack, "meanwhile", { reads: "mailbox" });
  await untilStanding(owner, await onboard(owner, other, "somebody"), "confirmed");
  expect((await statsOf(stack, tenant)).requestsTotal).toBe(requestsTotal);
  expect(await healthOf(stack, tenant)).toMatchObject({ rate: 500, reason: "rate-limited" });
  await stack.rows("UPDATE operation SET next_at = now() WHERE change_id = $1", [changeId]);
  await stack.rows("UPDATE run SET next_at = now() WHERE change_id = $1", [changeId]);
  await setTenant(stack, tenant, "cooldown_to = now()");
  await untilStanding(owner, changeId, "confirmed");
});

test("a tenant's record outlives the worker: the fifth failure of ten opens the breaker, and refusals still count", async () => {
  const { owner } = stack;
  const tenant = await connectFast(stack, "outlives", { ...syncing, reads: "mailbox" });
  await setLimits(owner, tenant, { rate: 1_000, inFlightMax: 1 });
  // One request in flight, so that answers come in the order of the rules: refusals, failures, then none.
  await setFaults(stack, tenant, [
    { kind: "html-error", status: 400, match: { method: "POST" }, times: 10 },
    { kind: "500", match: { method: "POST" }, times: 4 },
    { kind: "hang", match: { method: "POST" } },
  ]);
  await queueCreates(owner, tenant, 60);
  await waitFor(
    async () => (await healthRecordOf(stack, tenant))?.recent === "......xxxx",
    "what was answered to be kept while the drive goes on",
  );
  expect(await healthOf(stack, tenant)).toMatchObject({ failures: 0, reason: null });
  await worker.kill();
  await setFaults(stack, tenant, [{ kind: "500", match: { method: "POST" }, times: 1 }]);
  worker = await stack.startWorker();
  await waitFor(
    async () => (await healthOf(stack, tenant)).failures >= 5,
    "the fifth failure to open the breaker",
  );
  expect(await healthRecordOf(stack, tenant)).toMatchObject({
    recent: expect.stringMatching(/xxxx\.*x$/),
    refused: 10,
  });
  // A breaker that closed starts with an empty window.
  await setTenant(stack, tenant, "cooldown_to = now()");
  await waitFor(async () => (await healthOf(stack, tenant)).failures === 0, "the breaker to close");
  expect((await healthRecordOf(stack, tenant))?.recent ?? "").not.toContain("x");
});
