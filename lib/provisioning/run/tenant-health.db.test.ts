import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { systemScope } from "@/lib/auth/scope";
import { createKnowBe4Client } from "@/lib/knowbe4/client";
import { probeHalfOpen } from "@/lib/provisioning/run/half-open-probe";
import { createScimClient } from "@/lib/scim/client";
import { listNotices } from "@/lib/tenants/notices/data";
import { resolveNotice } from "@/lib/tenants/notices/mutations";
import type { OpenTenant } from "@/lib/tenants/open-tenant";
import {
  connectFast,
  onboard,
  operationsOf,
  queueCreates,
  setFaults,
  statsOf,
  untilStanding,
  untilTenant,
} from "@/test/changes";
import type { FleetTenant } from "@/test/fleet";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/test/wait-for";

/* Each test has tenants of its own. The last one stops the worker, so it stands alone at the end. */

// Room for a machine that does much else; every wait below ends as soon as what it waits for is there.
vi.setConfig({ testTimeout: 120_000 });

let stack: Stack;
const syncing = { syncEverySeconds: 1, processingMs: 10 };

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

type Health = {
  state: string;
  reason: string | null;
  rate: number;
  failures: number;
  coolsFor: number;
  probesIn: number | null;
  probes: number;
};

async function healthOf({ tenantId }: FleetTenant): Promise<Health> {
  const [row] = await stack.rows<Health>(
    `SELECT state, reason, rate, failures, probes, extract(epoch FROM cooldown_to - now())::float AS "coolsFor",
            extract(epoch FROM probe_next_at - now())::float AS "probesIn" FROM tenant WHERE id = $1`,
    [tenantId],
  );
  if (!row) throw new Error("No such tenant");
  return row;
}

async function setTenant({ tenantId }: FleetTenant, set: string): Promise<void> {
  await stack.rows(`UPDATE tenant SET ${set} WHERE id = $1`, [tenantId]);
}

function eventsOf({ tenantId }: FleetTenant, action: string): Promise<unknown[]> {
  return stack.rows("SELECT FROM event WHERE tenant_id = $1 AND action = $2", [tenantId, action]);
}

async function noticesOf({ tenantId }: FleetTenant, state: "open" | "resolved" = "open") {
  return (await listNotices(stack.owner, { tenantId, state })).rows;
}

describe.concurrent("a 429", () => {
  test.for([
    ["in seconds", { retryAfter: 60 }, [20, 60]],
    ["as a date", { retryAfter: 60, retryAfterAs: "date" }, [20, 60]],
    ["that has passed", { retryAfter: 0, retryAfterAs: "date" }, [-120, 1]],
    ["of a year", { retryAfter: 31_536_000 }, [800, 900]],
    ["of a year, as a date", { retryAfter: 31_536_000, retryAfterAs: "date" }, [800, 900]],
    ["without a time", {}, [-120, 2]],
  ] as const)(
    "with a wait %s halves the rate, is waited for as clamped, and counts no attempt",
    async ([name, wait, [least, most]]) => {
      const { owner } = stack;
      const tenant = await connectFast(stack, `asks-${name.replace(/\W+/g, "-")}`, {
        ...syncing,
        reads: "mailbox",
      });
      await setFaults(stack, tenant, [{ kind: "429", match: { method: "POST" }, times: 1, ...wait }]);
      const changeId = await onboard(owner, tenant, "patient");
      await waitFor(async () => (await healthOf(tenant)).rate === 500, "the rate to be halved");
      const { reason, coolsFor } = await healthOf(tenant);
      if (least > 0) {
        expect(reason).toBe("rate-limited");
        expect(coolsFor).toBeGreaterThan(least);
        expect(coolsFor).toBeLessThanOrEqual(most);
        const rows = await stack.rows("SELECT state, attempt FROM operation WHERE change_id = $1", [
          changeId,
        ]);
        expect(rows).toEqual([{ state: "queued", attempt: 0 }]);
        // Waits of more than five minutes are told.
        expect((await noticesOf(tenant)).map(({ code }) => code)).toEqual(most > 300 ? ["rate-limited"] : []);
        await setTenant(tenant, "cooldown_to = now()");
        await stack.rows("UPDATE operation SET next_at = now() WHERE change_id = $1", [changeId]);
        await stack.rows("UPDATE run SET next_at = now() WHERE change_id = $1", [changeId]);
      }
      const change = await untilStanding(owner, changeId, "confirmed", "failed");
      expect(operationsOf(change)).toMatchObject([{ state: "confirmed", attempt: 1 }]);
      await untilTenant(owner, tenant, (row) => row.reason === null, "to be well again");
      expect(await noticesOf(tenant)).toEqual([]);
      expect(await healthOf(tenant)).toMatchObject({ rate: 500, failures: 0 });
    },
  );

  test("gives a tenant without a limit one, and clean minutes raise it up to what is allowed", async () => {
    const { owner } = stack;
    const tenant = await connectFast(stack, "unlimited", { ...syncing, reads: "mailbox" });
    await setTenant(tenant, "rate = NULL, rate_max = NULL");
    await setFaults(stack, tenant, [{ kind: "429", match: { method: "POST" }, times: 1 }]);
    const changeId = await onboard(owner, tenant, "first");
    await waitFor(async () => (await healthOf(tenant)).rate === 1, "a first rate");
    await untilStanding(owner, changeId, "confirmed");
    await setTenant(tenant, "rate_max = 1.2, rate_at = now() - interval '90 seconds'");
    await untilStanding(owner, await onboard(owner, tenant, "second"), "confirmed");
    await waitFor(async () => (await healthOf(tenant)).rate > 1, "a raised rate");
    expect((await healthOf(tenant)).rate).toBeCloseTo(1.1);
    await setTenant(tenant, "rate_at = now() - interval '10 minutes'");
    await untilStanding(owner, await onboard(owner, tenant, "third"), "confirmed");
    await waitFor(async () => (await healthOf(tenant)).rate === 1.2, "the rate that is allowed");
  });
});

describe.concurrent("a breaker", () => {
  test("that is open lets nothing be written before a probe has come back, and closes when it has", async () => {
    const { owner } = stack;
    const tenant = await connectFast(stack, "breaks", { ...syncing, reads: "mailbox" });
    await setFaults(stack, tenant, [{ kind: "500" }]);
    const changeId = await queueCreates(owner, tenant, 20);
    await waitFor(async () => (await healthOf(tenant)).failures >= 5, "five failures of ten");
    // The wait is jittered and may have passed; the probe then has failed as well.
    await setTenant(tenant, "cooldown_to = now() + interval '1 hour', failures = 7");
    const { requests } = await statsOf(stack, tenant);
    await setTenant(tenant, "cooldown_to = now()");
    await waitFor(async () => (await healthOf(tenant)).failures === 8, "the probe to fail");
    await setTenant(tenant, "cooldown_to = now() + interval '1 hour'");
    const probed = await statsOf(stack, tenant);
    expect(probed.requests["POST /Users"]).toBe(requests["POST /Users"]);
    expect(probed.requests["GET /Users"]).toBe((requests["GET /Users"] ?? 0) + 1);

    await setFaults(stack, tenant, []);
    await stack.rows("UPDATE operation SET next_at = now() WHERE change_id = $1", [changeId]);
    await stack.rows("UPDATE run SET next_at = now() WHERE change_id = $1", [changeId]);
    await setTenant(tenant, "cooldown_to = now()");
    await untilStanding(owner, changeId, "confirmed");
    expect(await healthOf(tenant)).toMatchObject({ failures: 0, reason: null });
  });

  test("lets one probe through although twenty ask", async () => {
    const tenant = await connectFast(stack, "asked-by-twenty", { latencyMs: 200 });
    await setTenant(tenant, "failures = 5, reason = 'timeout', cooldown_to = now() + interval '1 hour'");
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
        close: async () => {},
      };
    };
    await setTenant(tenant, "cooldown_to = now()");
    const scope = systemScope("worker", [tenant.tenantId]);
    const never = new AbortController().signal;
    const asked = Array.from({ length: 20 }, () => probeHalfOpen(scope, tenant.tenantId, open, never));
    const closed = (await Promise.all(asked)).filter(Boolean);
    // The worker's sweep asks too, and may be the one.
    expect(closed.length).toBeLessThanOrEqual(1);
    await untilTenant(stack.owner, tenant, ({ reason }) => reason === null, "to be well again");
    expect((await statsOf(stack, tenant)).requestsTotal).toBe(before + 1);
  });
});

describe.concurrent("a quarantined tenant", () => {
  test("is probed by itself, later and later, and recovers with the first probe that passes", async () => {
    const { owner } = stack;
    const tenant = await connectFast(stack, "recovers", { ...syncing, reads: "mailbox" });
    await setFaults(stack, tenant, [{ kind: "redirect" }]);
    const changeId = await onboard(owner, tenant, "waiting");
    await untilTenant(owner, tenant, ({ state }) => state === "quarantined", "to be quarantined");
    expect((await healthOf(tenant)).probesIn).toBeGreaterThan(14 * 60);
    await setTenant(tenant, "probe_next_at = now()");
    await waitFor(async () => (await healthOf(tenant)).probes === 1, "a probe that fails");
    expect((await healthOf(tenant)).probesIn).toBeGreaterThan(59 * 60);
    // Told once, however often it is found again.
    expect(await noticesOf(tenant)).toMatchObject([
      { code: "redirect", times: 2, tenant: { state: "quarantined" } },
    ]);
    expect(await eventsOf(tenant, "notice.opened")).toHaveLength(1);

    await setFaults(stack, tenant, []);
    await setTenant(tenant, "probe_next_at = now()");
    await untilTenant(
      owner,
      tenant,
      ({ state, reason }) => state === "healthy" && reason === null,
      "to recover",
    );
    expect(await eventsOf(tenant, "tenant.recovered")).toHaveLength(1);
    expect(await noticesOf(tenant)).toEqual([]);
    expect(await noticesOf(tenant, "resolved")).toMatchObject([{ code: "redirect", resolvedBy: null }]);
    expect(await healthOf(tenant)).toMatchObject({ probes: 0, probesIn: null });
    await untilStanding(owner, changeId, "confirmed");
  });

  test("is told once for each reason, and a trouble that passes does not hide the reason", async () => {
    const { owner, simulator } = stack;
    const tenant = await connectFast(stack, "changes-its-mind", syncing);
    await simulator.control("POST", `/tenants/${tenant.slug}/token/revoke`);
    await onboard(owner, tenant, "nobody");
    await untilTenant(owner, tenant, ({ reason }) => reason === "token-rejected", "to be quarantined");
    await setFaults(stack, tenant, [{ kind: "500" }]);
    await setTenant(tenant, "probe_next_at = now()");
    await waitFor(async () => (await healthOf(tenant)).probes === 1, "a probe");
    expect((await noticesOf(tenant)).map(({ code }) => code)).toEqual(["token-rejected"]);
    await setFaults(stack, tenant, [{ kind: "redirect" }]);
    await setTenant(tenant, "probe_next_at = now()");
    await waitFor(async () => (await healthOf(tenant)).probes === 2, "another probe");
    expect((await noticesOf(tenant)).map(({ code }) => code)).toEqual(["redirect"]);
    expect((await noticesOf(tenant, "resolved")).map(({ code }) => code)).toEqual(["token-rejected"]);
  });

  test("of which too much was refused waits for a person", async () => {
    const { owner } = stack;
    const tenant = await connectFast(stack, "refuses", syncing);
    await setFaults(stack, tenant, [{ kind: "html-error", status: 400, match: { method: "POST" } }]);
    await queueCreates(owner, tenant, 100);
    await untilTenant(owner, tenant, ({ reason }) => reason === "failing-run", "to be quarantined");
    expect(await healthOf(tenant)).toMatchObject({ state: "quarantined", probesIn: null });
    const { requests } = await statsOf(stack, tenant);
    expect(requests["POST /Users"]).toBeLessThanOrEqual(50 + 4);
    const [notice] = await noticesOf(tenant);
    expect(notice).toMatchObject({
      code: "failing-run",
      detail: expect.stringContaining("until somebody resumes"),
    });
    await resolveNotice(owner, { noticeId: notice?.id ?? "" });
    expect(await noticesOf(tenant, "resolved")).toMatchObject([{ resolvedBy: "Test owner" }]);
    expect(await eventsOf(tenant, "notice.resolved")).toHaveLength(1);
  });
});

test.concurrent("a directory that cannot be read three times in a row is told, until it can", async () => {
  const { owner } = stack;
  const tenant = await connectFast(stack, "unreadable-thrice");
  await setFaults(stack, tenant, [
    { kind: "truncated-page", match: { path: "^/Users" } },
    { kind: "html-error", status: 404 },
  ]);
  for (let reads = 1; reads <= 3; reads += 1) {
    expect(await noticesOf(tenant)).toEqual([]);
    await setTenant(tenant, "cooldown_to = NULL, sync_next_at = now() + interval '1 day'");
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
  await waitFor(async () => (await noticesOf(tenant)).length === 1, "the notice");
  expect(await noticesOf(tenant)).toMatchObject([{ subject: "reading" }]);
  await setFaults(stack, tenant, []);
  await setTenant(tenant, "cooldown_to = NULL");
  await stack.rows("INSERT INTO directory_read (tenant_id, requested_by) VALUES ($1, 'A test')", [
    tenant.tenantId,
  ]);
  await waitFor(async () => (await noticesOf(tenant)).length === 0, "the notice to be over");
  expect(await eventsOf(tenant, "notice.opened")).toHaveLength(1);
  await untilTenant(owner, tenant, ({ reason }) => reason === null, "to be well again");
});

test("a 429 halves the rate and a restart remembers both the rate and the wait", async () => {
  const { owner } = stack;
  const tenant = await connectFast(stack, "remembered", { ...syncing, reads: "mailbox" });
  await setFaults(stack, tenant, [{ kind: "429", match: { method: "POST" }, times: 1, retryAfter: 600 }]);
  const changeId = await onboard(owner, tenant, "patient");
  await untilTenant(owner, tenant, ({ reason }) => reason === "rate-limited", "to be left alone");
  await stack.worker.stop();
  const { requestsTotal } = await statsOf(stack, tenant);
  await stack.startWorker();
  // Another tenant's whole round stands for the time in which a request could have slipped out.
  const other = await connectFast(stack, "meanwhile", { reads: "mailbox" });
  await untilStanding(owner, await onboard(owner, other, "somebody"), "confirmed");
  expect((await statsOf(stack, tenant)).requestsTotal).toBe(requestsTotal);
  expect(await healthOf(tenant)).toMatchObject({ rate: 500, reason: "rate-limited" });
  await stack.rows("UPDATE operation SET next_at = now() WHERE change_id = $1", [changeId]);
  await stack.rows("UPDATE run SET next_at = now() WHERE change_id = $1", [changeId]);
  await setTenant(tenant, "cooldown_to = now()");
  await untilStanding(owner, changeId, "confirmed");
});
