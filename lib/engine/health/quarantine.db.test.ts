import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { getChange } from "@/lib/changes/data";
import { ageOfQuarantine, eventsOf, healthOf, issuesOf, setTenant } from "@/test/health";
import { replaceToken, resumeTenant } from "@/lib/tenants/mutations";
import { resolveIssue } from "@/lib/issues/mutations";
import {
  connectFast,
  onboard,
  queueCreates,
  setFaults,
  statsOf,
  untilStanding,
  untilTenant,
} from "@/test/changes";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

/* What ends a quarantine. Each test has tenants of its own, and all run side by side on one worker. */

// Allows for a busy machine; every wait below ends as soon as its condition holds.
vi.setConfig({ testTimeout: 120_000 });

let stack: Stack;
const syncing = { syncEverySeconds: 1, processingMs: 10 };

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

describe.concurrent("a quarantined tenant", () => {
  test("is probed automatically, at longer intervals, and recovers with the first probe that passes", async () => {
    const { owner } = stack;
    const tenant = await connectFast(stack, "recovers", { ...syncing, reads: "mailbox" });
    await setFaults(stack, tenant, [{ kind: "redirect" }]);
    const changeId = await onboard(owner, tenant, "waiting");
    await untilTenant(owner, tenant, ({ state }) => state === "quarantined", "to be quarantined");
    expect((await healthOf(stack, tenant)).probesIn).toBeGreaterThan(14 * 60);
    await setTenant(stack, tenant, "probe_next_at = now()");
    await waitFor(async () => (await healthOf(stack, tenant)).probes === 1, "a probe that fails");
    expect((await healthOf(stack, tenant)).probesIn).toBeGreaterThan(59 * 60);
    // Recorded once, however often it is found again.
    expect(await issuesOf(stack, tenant)).toMatchObject([
      { code: "redirect", times: 2, tenant: { state: "quarantined" } },
    ]);
    expect(await eventsOf(stack, tenant, "issue.opened")).toHaveLength(1);

    await setFaults(stack, tenant, []);
    await setTenant(stack, tenant, "probe_next_at = now()");
    await untilTenant(
      owner,
      tenant,
      ({ state, reason }) => state === "healthy" && reason === null,
      "to recover",
    );
    expect(await eventsOf(stack, tenant, "tenant.recovered")).toHaveLength(1);
    expect(await issuesOf(stack, tenant)).toEqual([]);
    expect(await issuesOf(stack, tenant, "resolved")).toMatchObject([{ code: "redirect", resolvedBy: null }]);
    expect(await healthOf(stack, tenant)).toMatchObject({ probes: 0, probesIn: null });
    await untilStanding(owner, changeId, "confirmed");
  });

  test("opens one issue for each reason, and a transient fault does not hide the reason", async () => {
    const { owner, simulator } = stack;
    const tenant = await connectFast(stack, "changes-its-mind", syncing);
    await simulator.control("POST", `/tenants/${tenant.slug}/token/revoke`);
    await onboard(owner, tenant, "nobody");
    await untilTenant(owner, tenant, ({ reason }) => reason === "token-rejected", "to be quarantined");
    await setFaults(stack, tenant, [{ kind: "500" }]);
    await setTenant(stack, tenant, "probe_next_at = now()");
    await waitFor(async () => (await healthOf(stack, tenant)).probes === 1, "a probe");
    expect((await issuesOf(stack, tenant)).map(({ code }) => code)).toEqual(["token-rejected"]);
    await setFaults(stack, tenant, [{ kind: "redirect" }]);
    await setTenant(stack, tenant, "probe_next_at = now()");
    await waitFor(async () => (await healthOf(stack, tenant)).probes === 2, "another probe");
    expect((await issuesOf(stack, tenant)).map(({ code }) => code)).toEqual(["redirect"]);
    expect((await issuesOf(stack, tenant, "resolved")).map(({ code }) => code)).toEqual(["token-rejected"]);
  });

  test("with too many refusals is tried automatically with a few operations, until one is accepted", async () => {
    const { owner } = stack;
    const tenant = await connectFast(stack, "refuses", { ...syncing, reads: "mailbox" });
    const refusing = [{ kind: "html-error", status: 400, match: { method: "POST" } }];
    await setFaults(stack, tenant, refusing);
    const changeId = await queueCreates(owner, tenant, 100);
    await untilTenant(owner, tenant, ({ reason }) => reason === "failing-run", "to be quarantined");
    expect((await healthOf(stack, tenant)).probesIn).toBeGreaterThan(14 * 60);
    const first = await statsOf(stack, tenant);
    expect(first.requests["POST /Users"]).toBeLessThanOrEqual(50 + 4);
    expect(await issuesOf(stack, tenant)).toMatchObject([
      { code: "failing-run", detail: expect.stringContaining("retries with a few operations") },
    ]);
    await setTenant(stack, tenant, "quarantined_at = now() - interval '2 days'");

    // Reads pass, so the tenant is on trial. As many operations as may be in flight are refused, and it is quarantined
    // again for longer.
    for (const [probes, minutes] of [
      [1, 60],
      [2, 360],
    ] as const) {
      const before = await statsOf(stack, tenant);
      await setTenant(stack, tenant, "probe_next_at = now()");
      await waitFor(
        async () => (await eventsOf(stack, tenant, "tenant.quarantined")).length === probes + 1,
        `trial ${probes} to fail`,
      );
      const health = await healthOf(stack, tenant);
      expect(health).toMatchObject({ state: "quarantined", reason: "failing-run", probes });
      expect(health.probesIn).toBeGreaterThan((minutes - 1) * 60);
      expect(health.probesIn).toBeLessThanOrEqual(minutes * 60);
      const tried = (await statsOf(stack, tenant)).requests["POST /Users"] ?? 0;
      expect(tried - (before.requests["POST /Users"] ?? 0)).toBeLessThanOrEqual(4);
    }
    // One quarantine with one issue, however often it was tried.
    expect(await eventsOf(stack, tenant, "issue.opened")).toHaveLength(1);
    expect(await eventsOf(stack, tenant, "tenant.recovered")).toHaveLength(0);
    expect(await ageOfQuarantine(stack, tenant)).toBeGreaterThan(47);

    await setFaults(stack, tenant, []);
    await setTenant(stack, tenant, "probe_next_at = now()");
    await waitFor(
      async () => (await eventsOf(stack, tenant, "tenant.recovered")).length === 1,
      "the trial to pass",
    );
    await waitFor(async () => {
      const { counts } = await getChange(owner, { changeId });
      return counts.failed + counts.confirmed === 100 && counts.confirmed > 30;
    }, "the rest to be done");
    expect(await healthOf(stack, tenant)).toMatchObject({ state: "healthy", probes: 0 });
    expect(await ageOfQuarantine(stack, tenant)).toBeNull();
    expect(await issuesOf(stack, tenant)).toEqual([]);
    expect(await issuesOf(stack, tenant, "resolved")).toMatchObject([
      { code: "failing-run", resolvedBy: null },
    ]);
  });

  test("with too many refusals resumes by hand with clean counts, and a person can resolve its issue", async () => {
    const { owner } = stack;
    const tenant = await connectFast(stack, "by-hand", { ...syncing, reads: "mailbox" });
    await setFaults(stack, tenant, [{ kind: "html-error", status: 400, match: { method: "POST" } }]);
    await queueCreates(owner, tenant, 150);
    await untilTenant(owner, tenant, ({ reason }) => reason === "failing-run", "to be quarantined");
    const [issue] = await issuesOf(stack, tenant);
    await resolveIssue(owner, { issueId: issue?.id ?? "" });
    expect(await issuesOf(stack, tenant, "resolved")).toMatchObject([{ resolvedBy: "Test owner" }]);
    expect(await eventsOf(stack, tenant, "issue.resolved")).toHaveLength(1);
    const before = (await statsOf(stack, tenant)).requests["POST /Users"] ?? 0;
    await resumeTenant(owner, { tenantId: tenant.tenantId });
    await waitFor(
      async () => (await eventsOf(stack, tenant, "tenant.quarantined")).length === 2,
      "to be quarantined again",
    );
    const tried = ((await statsOf(stack, tenant)).requests["POST /Users"] ?? 0) - before;
    expect(tried).toBeGreaterThanOrEqual(50);
  });

  test.for(["by hand", "with a new token"])(
    "after 28 days is no longer probed, says what to do, and recovers %s",
    async (way) => {
      const { owner, simulator } = stack;
      const tenant = await connectFast(stack, `given-up-${way.replaceAll(" ", "-")}`, syncing);
      await setFaults(stack, tenant, [{ kind: "redirect" }]);
      await onboard(owner, tenant, "nobody");
      await untilTenant(owner, tenant, ({ state }) => state === "quarantined", "to be quarantined");
      await setTenant(
        stack,
        tenant,
        "quarantined_at = now() - interval '27 days 23 hours', probe_next_at = now()",
      );
      await waitFor(async () => (await healthOf(stack, tenant)).probes === 1, "a probe before the last");
      const { probesIn } = await healthOf(stack, tenant);
      expect(probesIn).toBeGreaterThan(0);
      expect(probesIn).toBeLessThanOrEqual(3_600);
      await setTenant(stack, tenant, "quarantined_at = now() - interval '28 days', probe_next_at = now()");
      await waitFor(async () => (await healthOf(stack, tenant)).probes === 2, "the last probe");
      expect(await healthOf(stack, tenant)).toMatchObject({ state: "quarantined", probesIn: null });
      expect(await issuesOf(stack, tenant)).toMatchObject([
        { code: "redirect", detail: expect.stringMatching(/28 days.* by hand, or save a new token/) },
      ]);
      const { requestsTotal } = await statsOf(stack, tenant);
      // Another tenant's full cycle is long enough that an unwanted probe would have been sent.
      await connectFast(stack, `meanwhile-${way.replaceAll(" ", "-")}`);
      expect((await statsOf(stack, tenant)).requestsTotal).toBe(requestsTotal);

      // A person's failed retry starts a new quarantine with all of its probes.
      await resumeTenant(owner, { tenantId: tenant.tenantId });
      await waitFor(
        async () => (await healthOf(stack, tenant)).probesIn !== null,
        "to be probed again automatically",
      );
      expect(await ageOfQuarantine(stack, tenant)).toBeLessThan(1);

      await setTenant(stack, tenant, "quarantined_at = now() - interval '28 days', probe_next_at = NULL");
      await setFaults(stack, tenant, []);
      if (way === "by hand") await resumeTenant(owner, { tenantId: tenant.tenantId });
      else {
        const path = `/tenants/${tenant.slug}/token/regenerate`;
        const { token } = await simulator.control<{ token: string }>("POST", path);
        await replaceToken(owner, { tenantId: tenant.tenantId, token, reason: "A new one" });
      }
      await untilTenant(owner, tenant, ({ state }) => state === "healthy", "to be well again");
      expect(await ageOfQuarantine(stack, tenant)).toBeNull();
      expect(await issuesOf(stack, tenant)).toEqual([]);
    },
  );
});
