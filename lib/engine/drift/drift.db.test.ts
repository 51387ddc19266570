import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemScope } from "@/lib/auth/scope";
import { closeDatabase } from "@/lib/db/client";
import { listReads } from "@/lib/directory/data";
import { requestRead } from "@/lib/directory/mutations";
import { getChange } from "@/lib/changes/data";
import { listDecidedDrift, listOpenDrift } from "@/lib/engine/drift/data";
import { decideDrift } from "@/lib/engine/drift/mutations";
import type { DriftDecision } from "@/lib/engine/drift/decisions";
import { judgeDrift } from "@/lib/engine/drift/judge-drift";
import type { OpenDrift } from "@/lib/engine/drift/types";
import { applyChange } from "@/lib/changes/mutations";
import { listIssues } from "@/lib/issues/data";
import { applyIntent, connectFast, onboard, operationsOf, untilStanding } from "@/test/changes";
import { insertRun } from "@/test/insert-run";
import { type FleetTenant } from "@/test/fleet";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

/* Each test has a tenant of its own, whose reads show writes at once, by us or by another source. */

// Allows for a busy machine; every wait below ends as soon as its condition holds.
vi.setConfig({ testTimeout: 120_000 });

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

const noGroups = { addGroups: [], removeGroups: [] };

/** A tenant with three people. */
function connect(slug: string): Promise<FleetTenant> {
  return connectFast(stack, slug, { reads: "mailbox", people: 3 });
}

type Person = { resourceId: string; userName: string };

function peopleOf({ tenantId }: FleetTenant): Promise<Person[]> {
  return stack.rows<Person>(
    'SELECT resource_id AS "resourceId", user_name AS "userName" FROM directory_user WHERE tenant_id = $1 ORDER BY 1',
    [tenantId],
  );
}

/** Writes as the other source does: over SCIM with the same token. */
async function writeAs({ tenantUrl, token }: FleetTenant, resourceId: string, values: object): Promise<void> {
  const answer = await fetch(`${tenantUrl}/Users/${resourceId}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
    body: JSON.stringify({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: Object.entries(values).map(([path, value]) => ({ op: "replace", path, value })),
    }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

/** Reads the directory and waits until the changes it showed are judged. */
async function read({ tenantId, slug }: FleetTenant): Promise<void> {
  await requestRead(stack.owner, { tenantId });
  await waitFor(async () => {
    const [latest] = await listReads(stack.owner, { tenantId, limit: 1 });
    const unjudged = await stack.rows("SELECT FROM drift WHERE tenant_id = $1 AND state = 'unjudged'", [
      tenantId,
    ]);
    return latest?.state === "complete" && unjudged.length === 0;
  }, `a read of ${slug} to be judged`);
}

async function openOf({ tenantId }: FleetTenant): Promise<OpenDrift[]> {
  return (await listOpenDrift(stack.owner, { tenantId })).rows;
}

async function openCodes({ tenantId }: FleetTenant): Promise<[string, number][]> {
  const { rows } = await listIssues(stack.owner, { tenantId, state: "open" });
  return rows.map(({ code, times }) => [code, times]);
}

function eventsOf({ tenantId }: FleetTenant, action: string): Promise<{ body: string }[]> {
  return stack.rows("SELECT body FROM event WHERE tenant_id = $1 AND action = $2", [tenantId, action]);
}

async function decide(tenant: FleetTenant, decision: DriftDecision, rows: OpenDrift[]): Promise<string[]> {
  const driftIds = rows.map(({ id }) => id);
  const reason = "Somebody looked at it";
  const { changeIds } = await decideDrift(stack.owner, {
    tenantId: tenant.tenantId,
    driftIds,
    decision,
    reason,
  });
  return changeIds;
}

async function update(tenant: FleetTenant, { resourceId, userName }: Person, title: string): Promise<void> {
  const accounts = [{ tenantId: tenant.tenantId, resourceId, userName }];
  const changeId = await applyIntent(stack.owner, {
    kind: "update",
    attributes: { title },
    ...noGroups,
    accounts,
  });
  await untilStanding(stack.owner, changeId, "confirmed");
}

test.concurrent("another source's writes open one issue, which closes when the old values are back", async () => {
  const tenant = await connect("told-once");
  const [ana, bob] = await peopleOf(tenant);
  await writeAs(tenant, ana?.resourceId ?? "", { title: "Another" });
  await read(tenant);
  await writeAs(tenant, ana?.resourceId ?? "", { title: "A third" });
  await writeAs(tenant, bob?.resourceId ?? "", { active: false });
  await read(tenant);
  const open = await openOf(tenant);
  expect(open.map(({ resourceId, field, after }) => [resourceId, field, after])).toEqual(
    expect.arrayContaining([
      [ana?.resourceId, "title", "A third"],
      [bob?.resourceId, "active", "false"],
    ]),
  );
  expect(open).toHaveLength(2);
  expect(await openCodes(tenant)).toEqual([["drift-found", 2]]);
  expect(await eventsOf(tenant, "issue.opened")).toHaveLength(1);
  expect(await eventsOf(tenant, "drift.found")).toHaveLength(2);

  // The start of the first step, not of the second.
  const before = open.find(({ field }) => field === "title")?.before ?? "";
  await writeAs(tenant, ana?.resourceId ?? "", { title: before });
  await writeAs(tenant, bob?.resourceId ?? "", { active: true });
  await read(tenant);
  expect(await openOf(tenant)).toEqual([]);
  expect(await openCodes(tenant)).toEqual([]);
});

test.concurrent.for([
  ["at once", { reads: "mailbox" }],
  ["after a sync", { reads: "console", syncEverySeconds: 1, processingMs: 10 }],
] as const)("our own writes are never drift, where they are seen %s", async ([name, settings]) => {
  const tenant = await connectFast(stack, `ours-${name.replaceAll(" ", "-")}`, { people: 3, ...settings });
  const { owner } = stack;
  const [ana] = await peopleOf(tenant);
  const account = {
    tenantId: tenant.tenantId,
    resourceId: ana?.resourceId ?? "",
    userName: ana?.userName ?? "",
  };
  await untilStanding(owner, await onboard(owner, tenant, "newcomer", { groups: ["Staff"] }), "confirmed");
  await update(tenant, account, "Partner");
  await untilStanding(
    owner,
    await applyIntent(owner, { kind: "offboard", accounts: [account] }),
    "confirmed",
  );
  await untilStanding(owner, await applyIntent(owner, { kind: "restore", accounts: [account] }), "confirmed");
  await read(tenant);
  const states = await stack.rows<{ field: string; state: string }>(
    "SELECT field, state FROM drift WHERE tenant_id = $1 ORDER BY id",
    [tenant.tenantId],
  );
  const ofPeople = states.filter(({ field }) => !field.startsWith("group"));
  expect(ofPeople.map(({ field }) => field)).toEqual(["appeared", "title", "active", "active"]);
  expect(states.every(({ state }) => state === "ours")).toBe(true);
  expect(await openCodes(tenant)).toEqual([]);
});

test.concurrent("a write of ours that another source reverts counts as a second writer", async () => {
  const tenant = await connect("two-writers");
  const [ana] = await peopleOf(tenant);
  if (!ana) throw new Error("Nobody there");
  await update(tenant, ana, "First");
  await update(tenant, ana, "Second");
  await writeAs(tenant, ana.resourceId, { title: "First" });
  await read(tenant);
  expect(await openOf(tenant)).toMatchObject([
    { field: "title", before: "Second", after: "First", writtenBy: { number: expect.any(Number) } },
  ]);
  expect(await openCodes(tenant)).toEqual([["second-writer", 1]]);
});

test.concurrent("an observed tenant opens no drift", async () => {
  const tenant = await connect("observed-alone");
  await stack.rows("UPDATE tenant SET mode = 'observe' WHERE id = $1", [tenant.tenantId]);
  const [ana] = await peopleOf(tenant);
  await writeAs(tenant, ana?.resourceId ?? "", { title: "Another" });
  await read(tenant);
  expect(await openOf(tenant)).toEqual([]);
  expect(await openCodes(tenant)).toEqual([]);
});

test.concurrent("put back plans the old values, and nothing is open once they are there", async () => {
  const tenant = await connect("puts-back");
  const { owner } = stack;
  const [ana, bob, eve] = await peopleOf(tenant);
  for (const person of [ana, bob]) {
    if (person) await update(tenant, person, "Partner");
    await writeAs(tenant, person?.resourceId ?? "", { title: "Clerk" });
  }
  await writeAs(tenant, eve?.resourceId ?? "", { active: false });
  await read(tenant);
  const changeIds = await decide(tenant, "put-back", await openOf(tenant));
  expect(changeIds).toHaveLength(2);
  const changes = await Promise.all(changeIds.map((changeId) => getChange(owner, { changeId })));
  expect(changes.map(({ kind, state }) => [kind, state])).toEqual([
    ["update", "ready"],
    ["restore", "ready"],
  ]);
  expect(
    changes.flatMap(operationsOf).flatMap(({ diff }) => diff.map(({ before, after }) => [before, after])),
  ).toEqual([
    ["Clerk", "Partner"],
    ["Clerk", "Partner"],
    ["false", "true"],
  ]);
  expect(await openCodes(tenant)).toEqual([]);
  expect(await eventsOf(tenant, "drift.put_back")).toHaveLength(3);
  for (const { id: changeId, planHash } of changes) {
    await applyChange(owner, { changeId, planHash });
    await untilStanding(owner, changeId, "confirmed");
  }
  await read(tenant);
  expect(await openOf(tenant)).toEqual([]);
  expect(await listDecidedDrift(owner, { tenantId: tenant.tenantId, limit: 10 })).toMatchObject(
    Array.from({ length: 3 }, () => ({
      state: "put_back",
      reason: "Somebody looked at it",
      decidedBy: "Test owner",
      change: { state: "done" },
    })),
  );
});

test.concurrent("a discarded put-back plan leaves the value open again", async () => {
  const tenant = await connect("given-up");
  const [ana] = await peopleOf(tenant);
  if (ana) await update(tenant, ana, "Partner");
  await writeAs(tenant, ana?.resourceId ?? "", { title: "Clerk" });
  await read(tenant);
  const [changeId] = await decide(tenant, "put-back", await openOf(tenant));
  expect(await openOf(tenant)).toEqual([]);
  await stack.rows("UPDATE change SET state = 'cancelled' WHERE id = $1", [changeId]);
  await read(tenant);
  await waitFor(async () => (await openOf(tenant)).length === 1, "the line to be open again");
});

test.concurrent("accept writes the tenant's values to the roster, a new address too", async () => {
  const tenant = await connect("accepts");
  const [ana, bob, eve] = await peopleOf(tenant);
  await writeAs(tenant, ana?.resourceId ?? "", { title: "Clerk" });
  await writeAs(tenant, bob?.resourceId ?? "", { active: false });
  await writeAs(tenant, eve?.resourceId ?? "", { userName: `renamed@${tenant.domain}` });
  await read(tenant);
  expect(await decide(tenant, "accept", await openOf(tenant))).toEqual([]);
  const entries = await stack.rows<{ resource_id: string }>(
    "SELECT user_name, resource_id, overrides, active FROM roster_entry WHERE tenant_id = $1",
    [tenant.tenantId],
  );
  expect(entries).toHaveLength(3);
  const entryOf = (person: Person | undefined) =>
    entries.find((entry) => entry.resource_id === person?.resourceId);
  expect(entryOf(ana)).toMatchObject({ overrides: { title: "Clerk" }, active: true });
  expect(entryOf(bob)).toMatchObject({ active: false });
  expect(entryOf(eve)).toMatchObject({ user_name: `renamed@${tenant.domain}` });
  expect(await openCodes(tenant)).toEqual([]);
  const events = await eventsOf(tenant, "drift.accepted");
  expect(events.some(({ body }) => body.includes("Somebody looked at it"))).toBe(true);
  expect(events).toHaveLength(3);
});

test.concurrent("a field that is left to the tenant is never opened again, and is decided for everybody at once", async () => {
  const tenant = await connect("left-alone");
  const [ana, bob] = await peopleOf(tenant);
  await writeAs(tenant, ana?.resourceId ?? "", { title: "Clerk" });
  await writeAs(tenant, bob?.resourceId ?? "", { title: "Clerk" });
  await read(tenant);
  await decide(tenant, "always", (await openOf(tenant)).slice(0, 1));
  expect(await openOf(tenant)).toEqual([]);
  expect(await openCodes(tenant)).toEqual([]);
  await writeAs(tenant, ana?.resourceId ?? "", { title: "Chef" });
  await read(tenant);
  expect(await openOf(tenant)).toEqual([]);
  const [policy] = await stack.rows<{ owner: string }>(
    "SELECT mapping #>> '{rules,title,owner}' AS owner FROM roster_policy WHERE tenant_id = $1",
    [tenant.tenantId],
  );
  expect(policy?.owner).toBe("tenant");
});

test.concurrent("a decision that includes decided lines, or lines that cannot be put back, is refused as a whole", async () => {
  const tenant = await connect("refuses-half");
  const [ana, bob] = await peopleOf(tenant);
  await writeAs(tenant, ana?.resourceId ?? "", { title: "Clerk" });
  await writeAs(tenant, bob?.resourceId ?? "", { userName: `other@${tenant.domain}` });
  await read(tenant);
  const open = await openOf(tenant);
  await expect(decide(tenant, "put-back", open)).rejects.toThrow("cannot be put back");
  await expect(decide(tenant, "always", open)).rejects.toThrow("Only an attribute");
  expect(await openOf(tenant)).toEqual(open);
  await stack.rows("UPDATE tenant SET mode = 'observe' WHERE id = $1", [tenant.tenantId]);
  const titles = open.filter(({ field }) => field === "title");
  await expect(decide(tenant, "put-back", titles)).rejects.toThrow("Nothing can be written");
  expect(await stack.rows("SELECT FROM run WHERE tenant_id = $1", [tenant.tenantId])).toEqual([]);
  await decide(tenant, "accept", open.slice(0, 1));
  await expect(decide(tenant, "accept", open)).rejects.toThrow("were decided");
  expect(await openOf(tenant)).toHaveLength(1);
});

test.concurrent("an accepted but invisible operation explains Test Mode, once, until it is visible", async () => {
  const { owner, simulator } = stack;
  const tenant = await connectFast(stack, "explains", {
    syncEverySeconds: 1,
    processingMs: 10,
    testMode: true,
  });
  await stack.rows("UPDATE tenant SET test_mode = true, visible_in_minutes = 1 WHERE id = $1", [
    tenant.tenantId,
  ]);
  const changeId = await onboard(owner, tenant, "unseen");
  await untilStanding(owner, changeId, "waiting");
  expect(await openCodes(tenant)).toEqual([]);
  await stack.rows(
    "UPDATE operation SET accepted_at = now() - interval '2 minutes', confirm_at = now() WHERE change_id = $1",
    [changeId],
  );
  await waitFor(async () => (await openCodes(tenant)).length === 1, "the issue");
  expect((await openCodes(tenant))[0]?.[0]).toBe("accepted-not-visible");
  const [operation] = operationsOf(await getChange(owner, { changeId }));
  expect(operation).toMatchObject({ state: "accepted", reason: "accepted-not-visible" });
  expect(operation?.detail).toMatch(/not show this person yet\.\nTest Mode is recorded as on/);
  await simulator.control("PATCH", `/tenants/${tenant.slug}`, { testMode: false });
  await stack.rows("UPDATE operation SET confirm_at = now() WHERE change_id = $1", [changeId]);
  await untilStanding(owner, changeId, "confirmed");
  await waitFor(async () => (await openCodes(tenant)).length === 0, "the issue to be over");
});

test("judging the effects of our own creates looks up each person's operations and never scans all of the tenant's", async () => {
  const people = 300;
  const { tenantId } = await insertRun(stack.rows, stack.owner.actor.id, people);
  await stack.rows(
    "UPDATE operation SET state = 'confirmed', sent_at = now(), resource_id = 'r' || seq WHERE tenant_id = $1",
    [tenantId],
  );
  await stack.rows(
    `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
     SELECT $1, 'r' || n, 'p' || n, 'p' || n, 'p' || n, true, '{}', now() FROM generate_series(1, $2::int) n`,
    [tenantId, people],
  );
  await stack.rows(
    `INSERT INTO drift (tenant_id, resource_id, user_name, label, field)
     SELECT $1, 'r' || n, 'p' || n, 'p' || n, 'appeared' FROM generate_series(1, $2::int) n`,
    [tenantId, people],
  );
  const before = await operationsFetched();
  await judgeDrift(systemScope("worker", [tenantId]), tenantId);
  const states = await stack.rows("SELECT DISTINCT state FROM drift WHERE tenant_id = $1", [tenantId]);
  expect(states).toEqual([{ state: "ours" }]);
  // 90,000 when each person is searched among all operations. Includes other tests' work.
  expect((await operationsFetched()) - before).toBeLessThan(people * 20);
});

/** Rows of operations that PostgreSQL has fetched so far. A backend reports its numbers when it ends. */
async function operationsFetched(): Promise<number> {
  await closeDatabase();
  const [row] = await stack.rows<{ fetched: string }>(
    "SELECT seq_tup_read + idx_tup_fetch AS fetched FROM pg_stat_user_tables WHERE relname = 'operation'",
  );
  return Number(row?.fetched);
}
