import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { listAccounts } from "@/lib/directory/data";
import { requestRead } from "@/lib/directory/mutations";
import { getChange } from "@/lib/changes/data";
import { disconnectTenant, pauseTenant, replaceToken, resumeTenant } from "@/lib/tenants/mutations";
import {
  connectFast,
  onboard,
  operationsOf,
  outcomesOf,
  queueCreates,
  setFaults,
  setLimits,
  statsOf,
  untilStanding,
  untilTenant,
} from "@/test/changes";
import type { FleetTenant } from "@/test/fleet";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

/* Each test has tenants of its own, and all run side by side on one worker: trouble in one must not reach another. */

// Allows for a busy machine; every wait below ends as soon as its condition holds.
vi.setConfig({ testTimeout: 120_000 });

let stack: Stack;
const syncing = { syncEverySeconds: 1, processingMs: 10 };

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

test.concurrent("a revoked token quarantines its tenant and no other, and the run continues with a new one", async () => {
  const { owner, simulator } = stack;
  const revoked = await connectFast(stack, "revoked", { ...syncing, latencyMs: 20 });
  const well = await connectFast(stack, "well", { ...syncing, latencyMs: 20 });
  const [changeId, other] = [await queueCreates(owner, revoked, 150), await queueCreates(owner, well, 150)];
  await waitFor(async () => (await statsOf(stack, revoked)).createsAccepted >= 20, "some creates");
  await simulator.control("POST", "/tenants/revoked/token/revoke");
  await untilTenant(owner, revoked, ({ state }) => state === "quarantined", "to be quarantined");
  const stopped = await statsOf(stack, revoked);
  // Four were in flight when the first refusal came, and none after them.
  expect(stopped.statuses["401"]).toBeLessThanOrEqual(4 + 2);

  await untilStanding(owner, other, "confirmed");
  expect((await statsOf(stack, revoked)).requestsTotal).toBe(stopped.requestsTotal);
  expect(await getChange(owner, { changeId })).toMatchObject({
    standing: "applying",
    runs: [{ reason: "token-rejected" }],
  });
  expect(
    await stack.rows("SELECT FROM event WHERE action = 'tenant.quarantined' AND tenant_id = $1", [
      revoked.tenantId,
    ]),
  ).toHaveLength(1);

  const { token } = await simulator.control<{ token: string }>("POST", "/tenants/revoked/token/regenerate");
  await replaceToken(owner, { tenantId: revoked.tenantId, token, reason: "The old one was revoked" });
  const change = await untilStanding(owner, changeId, "confirmed", "failed");
  expect(change.standing).toBe("confirmed");
  expect(await statsOf(stack, revoked)).toMatchObject({
    createsAccepted: 150,
    duplicateCreates: {},
    conflicts: 0,
  });
  expect(operationsOf(change).every(({ attempt }) => attempt === 1)).toBe(true);
});

test.concurrent.for(["seconds", "date"])(
  "a wait that a tenant asks for, in %s, is used, and no attempt is counted",
  async (retryAfterAs) => {
    const { owner } = stack;
    const tenant = await connectFast(stack, `waits-by-${retryAfterAs}`, syncing);
    await setFaults(stack, tenant, [
      { kind: "429", match: { method: "POST" }, times: 1, retryAfter: 4, retryAfterAs },
    ]);
    const changeId = await onboard(owner, tenant, "patient");
    await untilTenant(owner, tenant, ({ reason }) => reason === "rate-limited", "to be left alone");
    const change = await untilStanding(owner, changeId, "confirmed", "failed");
    expect(operationsOf(change)).toMatchObject([{ state: "confirmed", attempt: 1 }]);
    const [gap] = await stack.rows<{ seconds: number }>(
      "SELECT extract(epoch FROM max(at) - min(at))::float AS seconds FROM attempt WHERE operation_id = $1",
      [operationsOf(change)[0]?.id],
    );
    // A date has no fractions of a second.
    expect(gap?.seconds).toBeGreaterThanOrEqual(retryAfterAs === "date" ? 2.9 : 3.9);
    await untilTenant(owner, tenant, ({ reason }) => reason === null, "to be well again");
  },
);

test.concurrent("tenants that hang, answer HTML, redirect or echo show that on their own row, and another's run finishes", async () => {
  const { owner } = stack;
  const troubles = [
    ["hang", "timeout"],
    ["html-error", "tenant-error"],
    ["redirect", "redirect"],
    ["echo-auth", "tenant-error"],
  ] as const;
  const tenants = await Promise.all(troubles.map(([kind]) => connectFast(stack, `does-${kind}`, syncing)));
  const quiet = await connectFast(stack, "quiet", syncing);
  await Promise.all(
    tenants.map((tenant, index) => setFaults(stack, tenant, [{ kind: troubles[index]?.[0] }])),
  );
  await Promise.all(tenants.map((tenant) => onboard(owner, tenant, "unlucky")));
  await untilStanding(owner, await onboard(owner, quiet, "lucky"), "confirmed");
  await Promise.all(
    tenants.map((tenant, index) =>
      untilTenant(
        owner,
        tenant,
        ({ reason }) => reason === troubles[index]?.[1],
        `to show ${troubles[index]?.[1]}`,
      ),
    ),
  );
  await untilTenant(
    owner,
    quiet,
    ({ reason, state }) => reason === null && state === "healthy",
    "to be well",
  );
});

describe.concurrent("an address that was taken since the directory was read", () => {
  async function takeAddress({ tenantUrl, token, domain }: FleetTenant, givenName: string): Promise<void> {
    const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"];
    const name = { givenName, familyName: `${givenName}son` };
    const answer = await fetch(`${tenantUrl}/Users`, {
      method: "POST",
      body: JSON.stringify({ schemas, userName: `ana@${domain}`, name, active: true }),
      headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
    });
    expect(answer.status).toBe(201);
  }

  test("is linked if it is plausibly the same person, and the differences are written", async () => {
    const tenant = await connectFast(stack, "taken-by-ana", { reads: "mailbox" });
    await takeAddress(tenant, "Ana");
    const changeId = await onboard(stack.owner, tenant, "ana", { givenName: "Ana", familyName: "Ruiz" });
    await untilStanding(stack.owner, changeId, "confirmed");
    expect(await statsOf(stack, tenant)).toMatchObject({ createsAccepted: 1, conflicts: 1 });
    const { rows } = await listAccounts(stack.owner, { tenantId: tenant.tenantId });
    expect(rows).toMatchObject([{ displayName: "Ana Ruiz" }]);
  });

  test("is not linked if it is another person's", async () => {
    const tenant = await connectFast(stack, "taken-by-bob", { reads: "mailbox" });
    await takeAddress(tenant, "Bob");
    const changeId = await onboard(stack.owner, tenant, "ana", { givenName: "Ana", familyName: "Ruiz" });
    const change = await untilStanding(stack.owner, changeId, "failed");
    expect(outcomesOf(change)).toEqual([["create", "failed", "different-person"]]);
    expect((await statsOf(stack, tenant)).requests).not.toHaveProperty("PATCH /Users/:id");
  });
});

test.concurrent("in Test Mode everything is accepted and nothing confirmed, until it is off", async () => {
  const { owner, simulator } = stack;
  const tenant = await connectFast(stack, "test-mode", { ...syncing, testMode: true });
  const changeId = await onboard(owner, tenant, "unseen", { groups: ["Unseen"] });
  const [create] = operationsOf(await untilStanding(owner, changeId, "waiting"));
  await waitFor(
    async () =>
      (await stack.rows("SELECT FROM operation WHERE id = $1 AND confirms >= 2", [create?.id])).length === 1,
    "two looks that saw nobody",
  );
  expect(await getChange(owner, { changeId })).toMatchObject({
    standing: "waiting",
    counts: { accepted: 3, confirmed: 0 },
  });
  await simulator.control("PATCH", "/tenants/test-mode", { testMode: false });
  await untilStanding(owner, changeId, "confirmed");
});

test.concurrent("a paused run sends nothing, and sends the rest after it is resumed", async () => {
  const { owner } = stack;
  const tenant = await connectFast(stack, "paused", { ...syncing, latencyMs: 50 });
  await setLimits(owner, tenant, { rate: 30, inFlightMax: 4 });
  const changeId = await queueCreates(owner, tenant, 150);
  await waitFor(async () => (await statsOf(stack, tenant)).createsAccepted >= 20, "some creates");
  await pauseTenant(owner, { tenantId: tenant.tenantId, reason: "Somebody rang" });
  await waitFor(
    async () => (await getChange(owner, { changeId })).runs[0]?.state === "queued",
    "the run to be released",
  );
  const change = await getChange(owner, { changeId });
  expect(change.counts.queued).toBeGreaterThan(0);
  // Claimed operations that were not sent are released as if they had never been claimed.
  expect(change.counts).toMatchObject({ sent: 0, unknown: 0, failed: 0 });
  const { requestsTotal } = await statsOf(stack, tenant);

  // Another tenant's full cycle is long enough that an unwanted request would have been sent.
  const other = await connectFast(stack, "not-paused", syncing);
  await untilStanding(owner, await onboard(owner, other, "meanwhile"), "confirmed");
  expect((await statsOf(stack, tenant)).requestsTotal).toBe(requestsTotal);

  await setLimits(owner, tenant, { rate: 1_000, inFlightMax: 4 });
  await resumeTenant(owner, { tenantId: tenant.tenantId });
  await untilStanding(owner, changeId, "confirmed");
  expect(await statsOf(stack, tenant)).toMatchObject({
    createsAccepted: 150,
    duplicateCreates: {},
    conflicts: 0,
  });
});

test.concurrent("a disconnect cancels unsent operations, and deletes every token of the tenant", async () => {
  const { owner } = stack;
  const tenant = await connectFast(stack, "leaving", { ...syncing, latencyMs: 50 });
  await setLimits(owner, tenant, { rate: 30, inFlightMax: 4 });
  const changeId = await queueCreates(owner, tenant, 150);
  await waitFor(async () => (await statsOf(stack, tenant)).createsAccepted >= 20, "some creates");
  await disconnectTenant(owner, { tenantId: tenant.tenantId, name: "leaving", reason: "The client left" });
  await waitFor(async () => (await getChange(owner, { changeId })).state !== "applying", "the change to end");
  const { counts, runs } = await getChange(owner, { changeId });
  expect(runs).toMatchObject([{ state: "cancelled", reason: "tenant-disconnected" }]);
  expect(counts).toMatchObject({ queued: 0, sent: 0, unknown: 0 });
  expect(counts.cancelled).toBeGreaterThan(0);
  const { createsAccepted } = await statsOf(stack, tenant);
  // Operations that Rollcall counts as accepted were accepted; those with an open outcome count as failed.
  expect(counts.accepted + counts.confirmed).toBeLessThanOrEqual(createsAccepted);
  expect(counts.accepted + counts.confirmed + counts.failed).toBeGreaterThanOrEqual(createsAccepted);
  expect(await stack.rows("SELECT FROM sealed_token WHERE tenant_id = $1", [tenant.tenantId])).toEqual([]);
  expect(
    await stack.rows("SELECT FROM credential WHERE tenant_id = $1 AND destroyed_at IS NULL", [
      tenant.tenantId,
    ]),
  ).toEqual([]);
});

test.concurrent("a tenant that cannot be read back shows that on its row, and nothing is shown as confirmed", async () => {
  const { owner } = stack;
  const tenant = await connectFast(stack, "unreadable", syncing);
  await setFaults(stack, tenant, [{ kind: "html-error", status: 400, match: { method: "GET" } }]);
  const changeId = await onboard(owner, tenant, "unread");
  await untilTenant(
    owner,
    tenant,
    ({ reason }) => reason === "invalid-value",
    "to say that it cannot be read",
  );
  expect(await getChange(owner, { changeId })).toMatchObject({ standing: "waiting" });
  await setFaults(stack, tenant, []);
  await requestRead(owner, { tenantId: tenant.tenantId });
  await untilTenant(owner, tenant, ({ reason }) => reason === null, "to be well again");
});

test.concurrent("a run whose only operation waits for another is woken for it and does not spin", async () => {
  const { owner } = stack;
  const tenant = await connectFast(stack, "spins", syncing);
  await setFaults(stack, tenant, [{ kind: "500", match: { method: "POST", path: "^/Users" }, times: 2 }]);
  const changeId = await onboard(owner, tenant, "late", { groups: ["Late"] });
  await untilStanding(owner, changeId, "confirmed");
  const [run] = await stack.rows<{ epoch: number }>("SELECT epoch FROM run WHERE change_id = $1", [changeId]);
  // Once for each failure, once for the rest, and once if the test had to wait for the tenant's sync.
  expect(run?.epoch).toBeLessThanOrEqual(5);
});
