import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { listAccounts, listReads } from "@/lib/directory/data";
import { requestRead } from "@/lib/directory/mutations";
import type { ReadRow } from "@/lib/directory/types";
import { setFaults, statsOf } from "@/test/changes";
import { connectSimulated, type FleetTenant } from "@/test/fleet";
import type { SimulatorSettings } from "@/test/simulator";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

// Allows for a busy machine; every wait below ends as soon as its condition holds.
vi.setConfig({ testTimeout: 120_000 });

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

function connect(slug: string, settings: Partial<SimulatorSettings>): Promise<FleetTenant> {
  return connectSimulated(stack.owner, stack.simulator, { name: slug, slug, ...settings }, "observe");
}

async function latestRead({ tenantId }: FleetTenant): Promise<ReadRow> {
  const [read] = await listReads(stack.owner, { tenantId, limit: 1 });
  if (!read) throw new Error("The tenant was never read");
  return read;
}

/** Reads the directory once more and waits for the result. */
async function read(tenant: FleetTenant): Promise<ReadRow> {
  await requestRead(stack.owner, { tenantId: tenant.tenantId });
  await waitFor(
    async () => (await latestRead(tenant)).finishedAt !== null,
    `a read of ${tenant.slug} to end`,
  );
  return latestRead(tenant);
}

/** The mirror's rows of the tenant. */
function mirrorOf({ tenantId }: FleetTenant) {
  return stack.rows(
    "SELECT resource_id, display_name, active, seen_at FROM directory_user WHERE tenant_id = $1 ORDER BY 1",
    [tenantId],
  );
}

function askScim({ tenantUrl, token }: FleetTenant, method: string, path: string, body?: object) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
  return fetch(`${tenantUrl}${path}`, { method, headers, body: body && JSON.stringify(body) });
}

test.concurrent.for([
  [
    "a page that lacks half its people",
    { kind: "truncated-page", match: { path: "^/Users" } },
    "incomplete-listing",
  ],
  [
    "a connection that breaks on the second page",
    { kind: "cut-before", match: { path: "^/Users.*startIndex=101" } },
    "tenant-unreachable",
  ],
  [
    "an error page after the people, at the groups",
    { kind: "html-error", match: { path: "^/Groups" } },
    "tenant-error",
  ],
  ["an answer of nothing", { kind: "empty-200", match: { path: "^/Users.*startIndex=201" } }, "not-scim"],
] as const)("%s never replaces a full read", async ([name, fault, reason]) => {
  const tenant = await connect(`interrupted-by-${fault.kind}`, { people: 250 });
  const before = await mirrorOf(tenant);
  expect(before, name).toHaveLength(250);
  await setFaults(stack, tenant, [fault]);
  expect(await read(tenant)).toMatchObject({ state: "failed", reason, users: 0, removed: 0 });
  expect(await mirrorOf(tenant)).toEqual(before);
  const { incomplete } = await listAccounts(stack.owner, { tenantId: tenant.tenantId });
  expect(incomplete).toMatchObject([{ tenantId: tenant.tenantId, readAt: expect.any(Date) }]);
  await stack.simulator.control("DELETE", `/tenants/${tenant.slug}/faults`);
  expect(await read(tenant)).toMatchObject({
    state: "complete",
    users: 250,
    added: 0,
    changed: 0,
    removed: 0,
  });
});

test.concurrent("a tenant with wrong totals is still read to its end", async () => {
  const tenant = await connect("short-total", { people: 250 });
  await setFaults(stack, tenant, [{ kind: "short-total" }]);
  expect(await read(tenant)).toMatchObject({ state: "complete", users: 250, removed: 0 });
});

test.concurrent("a read counts added, changed and removed people, and an unchanged directory writes nothing", async () => {
  const tenant = await connect("counted", { people: 5, reads: "mailbox" });
  expect(await latestRead(tenant)).toMatchObject({
    state: "complete",
    users: 5,
    added: 5,
    changed: 0,
    removed: 0,
  });
  const [changed, removed] = await stack.rows<{ resource_id: string }>(
    "SELECT resource_id FROM directory_user WHERE tenant_id = $1 ORDER BY 1",
    [tenant.tenantId],
  );
  const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"];
  const patch = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
  const answers = await Promise.all([
    askScim(tenant, "POST", "/Users", { schemas, userName: `new@${tenant.domain}`, active: true }),
    askScim(tenant, "PATCH", `/Users/${changed?.resource_id}`, {
      schemas: patch,
      Operations: [{ op: "replace", path: "title", value: "Somebody else" }],
    }),
    askScim(tenant, "DELETE", `/Users/${removed?.resource_id}`),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 204]);
  expect(await read(tenant)).toMatchObject({ users: 5, added: 1, changed: 1, removed: 1 });
  const before = await mirrorOf(tenant);
  expect(await read(tenant)).toMatchObject({ users: 5, added: 0, changed: 0, removed: 0 });
  expect(await mirrorOf(tenant)).toEqual(before);
});

test.concurrent("two requests make one read, and a tenant of 20,000 is read fully", async () => {
  const tenant = await connect("large", { people: 20_000, pageSizeMax: 1_000 });
  expect(await latestRead(tenant)).toMatchObject({ state: "complete", users: 20_000, added: 20_000 });
  await Promise.all([1, 2, 3].map(() => requestRead(stack.owner, { tenantId: tenant.tenantId })));
  expect(await read(tenant)).toMatchObject({
    state: "complete",
    users: 20_000,
    added: 0,
    changed: 0,
    removed: 0,
  });
  expect(await listReads(stack.owner, { tenantId: tenant.tenantId, limit: 10 })).toHaveLength(2);
});

test("a worker that is stopped releases its read, and the next one reads from the start", async () => {
  const tenant = await connect("handed-over", { people: 250 });
  await setFaults(stack, tenant, [{ kind: "hang", match: { path: "^/Users.*startIndex=101" }, times: 1 }]);
  const { requestsTotal } = await statsOf(stack, tenant);
  await requestRead(stack.owner, { tenantId: tenant.tenantId });
  await waitFor(
    async () => (await statsOf(stack, tenant)).requestsTotal >= requestsTotal + 2,
    "the second page",
  );
  expect(await stack.worker.stop()).toBe(0);
  expect(await latestRead(tenant)).toMatchObject({ state: "queued", reason: null });
  await stack.startWorker();
  await waitFor(
    async () => (await latestRead(tenant)).state === "complete",
    "the read to be done by another",
  );
});
