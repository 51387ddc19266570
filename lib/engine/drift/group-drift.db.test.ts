import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { listReads } from "@/lib/directory/data";
import { getChange } from "@/lib/changes/data";
import {
  adding,
  askAsOther,
  decide,
  makeGroupAsOther,
  openCodes,
  openOf,
  openStepsOf,
  patchGroupAsOther,
  peopleOf,
  type Person,
  read,
  removing,
} from "@/test/drift";
import { applyChange } from "@/lib/changes/mutations";
import { defaultPolicy } from "@/lib/roster/policy/policy";
import { savePolicy } from "@/lib/roster/mutations";
import { type ReceivedRequest, sendJson, startScriptedServer } from "@/lib/scim/scripted-server";
import { connectTenant } from "@/lib/tenants/mutations";
import { applyIntent, connectFast, onboard, operationsOf, untilStanding, untilTenant } from "@/test/changes";
import { cutOver, type FleetTenant } from "@/test/fleet";
import { type Stack, startStack } from "@/test/stack";

/* Each test has a tenant of its own, whose reads show writes at once, by us or by another source. */

// Allows for a busy machine; every wait below ends as soon as its condition holds.
vi.setConfig({ testTimeout: 120_000 });

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

type Trio = { tenant: FleetTenant; ana: Person; bob: Person; eve: Person; people: Person[] };

/** A tenant with at least three people. */
async function connect(slug: string, people = 3): Promise<Trio> {
  const tenant = await connectFast(stack, slug, { reads: "mailbox", people });
  const everybody = await peopleOf(stack, tenant);
  const [ana, bob, eve] = everybody;
  if (!ana || !bob || !eve) throw new Error("Nobody there");
  return { tenant, ana, bob, eve, people: everybody };
}

/** A group that another source created and the roster accepted. */
async function acceptedGroup(tenant: FleetTenant, name: string, members: Person[]): Promise<string> {
  const id = await makeGroupAsOther(tenant, name, members);
  await read(stack, tenant);
  await decide(stack, tenant, "accept", await openOf(stack, tenant));
  return id;
}

/** The roster groups of each person, by address. */
async function rosterGroupsOf({ tenantId }: FleetTenant): Promise<Record<string, string[]>> {
  const entries = await stack.rows<{ user_name: string; groups: string[] }>(
    "SELECT user_name, groups FROM roster_entry WHERE tenant_id = $1",
    [tenantId],
  );
  return Object.fromEntries(entries.map(({ user_name, groups }) => [user_name, groups]));
}

function moveGroups({ tenantId }: FleetTenant, people: Person[], add: string[], remove: string[]) {
  const accounts = people.map((person) => ({ tenantId, ...person }));
  return applyIntent(stack.owner, {
    kind: "update",
    attributes: {},
    addGroups: add,
    removeGroups: remove,
    accounts,
  });
}

async function membersOf({ tenantId }: FleetTenant, groupId: string): Promise<string[]> {
  const rows = await stack.rows<{ id: string }>(
    "SELECT user_resource_id AS id FROM directory_membership WHERE tenant_id = $1 AND group_resource_id = $2 ORDER BY 1",
    [tenantId, groupId],
  );
  return rows.map(({ id }) => id);
}

const renaming = (displayName: string) => ({ op: "replace", path: "displayName", value: displayName });

test.concurrent("added, renamed and removed groups and changed memberships are one open line each until they are reverted", async () => {
  const { tenant, ana, bob, eve } = await connect("moved-groups");
  const legal = await makeGroupAsOther(tenant, "Legal", [ana, bob]);
  await read(stack, tenant);
  expect(await openStepsOf(stack, tenant)).toEqual([[legal, null, "Legal"]]);
  expect(await openCodes(stack, tenant)).toEqual(["drift-found"]);
  await decide(stack, tenant, "accept", await openOf(stack, tenant));

  await patchGroupAsOther(tenant, legal, removing(ana), adding(eve), renaming("Legal and Tax"));
  await read(stack, tenant);
  const open = [
    [ana.resourceId, "Legal and Tax", null],
    [eve.resourceId, null, "Legal and Tax"],
    [legal, "Legal", "Legal and Tax"],
  ];
  expect(await openStepsOf(stack, tenant)).toEqual(open.sort((a, b) => (String(a) < String(b) ? -1 : 1)));

  await patchGroupAsOther(tenant, legal, adding(ana), renaming("Legal"));
  await read(stack, tenant);
  expect(await openStepsOf(stack, tenant)).toEqual([[eve.resourceId, null, "Legal and Tax"]]);

  await askAsOther(tenant, "DELETE", `/Groups/${legal}`);
  await read(stack, tenant);
  expect(await openStepsOf(stack, tenant)).toEqual([[legal, "Legal", null]]);
});

test.concurrent("a person who appears or vanishes with their groups is one line, and takes the groups into the roster", async () => {
  const { tenant, ana, bob } = await connect("comes-with-groups");
  const legal = await acceptedGroup(tenant, "Legal", [ana, bob]);
  const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"];
  const userName = `new@${tenant.domain}`;
  const { id } = await askAsOther(tenant, "POST", "/Users", { schemas, userName, active: true });
  await patchGroupAsOther(tenant, legal, adding({ resourceId: id, userName }));
  await askAsOther(tenant, "DELETE", `/Users/${ana.resourceId}`);
  await read(stack, tenant);
  const open = await openOf(stack, tenant);
  expect(open.map(({ resourceId, field }) => [field, resourceId]).sort()).toEqual([
    ["appeared", id],
    ["vanished", ana.resourceId],
  ]);
  await decide(stack, tenant, "accept", open);
  expect(await rosterGroupsOf(tenant)).toMatchObject({ [userName]: ["Legal"] });
});

test.concurrent.for([
  ["at once", { reads: "mailbox" }],
  ["after a sync", { reads: "console", syncEverySeconds: 1, processingMs: 10 }],
] as const)(
  "our own memberships and groups are never drift, where they are seen %s",
  async ([name, settings]) => {
    const tenant = await connectFast(stack, `our-groups-${name.replaceAll(" ", "-")}`, {
      people: 3,
      ...settings,
    });
    const { owner } = stack;
    const [ana, bob] = await peopleOf(stack, tenant);
    if (!ana || !bob) throw new Error("Nobody there");
    await untilStanding(owner, await onboard(owner, tenant, "newcomer", { groups: ["Staff"] }), "confirmed");
    await untilStanding(owner, await moveGroups(tenant, [ana, bob], ["Staff"], []), "confirmed");
    await untilStanding(owner, await onboard(owner, tenant, "another", { groups: ["Staff"] }), "confirmed");
    await untilStanding(owner, await moveGroups(tenant, [ana], [], ["Staff"]), "confirmed");
    await read(stack, tenant);
    const drift = await stack.rows<{ field: string; state: string }>(
      "SELECT field, state FROM drift WHERE tenant_id = $1 AND field LIKE 'group%' ORDER BY id",
      [tenant.tenantId],
    );
    expect(drift.filter(({ state }) => state !== "ours")).toEqual([]);
    expect(drift.filter(({ field }) => field === "group")).toHaveLength(1);
    expect(drift.length).toBeGreaterThan(3);
    expect(await openCodes(stack, tenant)).toEqual([]);
  },
);

test.concurrent("a membership of ours that another source reverts counts as a second writer", async () => {
  const { tenant, ana, bob } = await connect("second-group-writer");
  await untilStanding(stack.owner, await moveGroups(tenant, [ana, bob], ["Staff"], []), "confirmed");
  const [staff] = await stack.rows<{ id: string }>(
    "SELECT resource_id AS id FROM directory_group WHERE tenant_id = $1 AND display_name = 'Staff'",
    [tenant.tenantId],
  );
  await patchGroupAsOther(tenant, staff?.id ?? "", removing(ana));
  await read(stack, tenant);
  expect(await openOf(stack, tenant)).toMatchObject([
    { resourceId: ana.resourceId, before: "Staff", after: null, writtenBy: { number: expect.any(Number) } },
  ]);
  expect(await openCodes(stack, tenant)).toEqual(["second-writer"]);
});

test.concurrent("an observed tenant, and one that is read for the first time, opens no drift about groups", async () => {
  const { tenant, ana, bob } = await connect("observed-groups");
  await stack.rows("UPDATE tenant SET mode = 'observe' WHERE id = $1", [tenant.tenantId]);
  const legal = await makeGroupAsOther(tenant, "Legal", [ana]);
  await read(stack, tenant);
  await patchGroupAsOther(tenant, legal, adding(bob));
  await read(stack, tenant);
  await stack.rows("UPDATE tenant SET mode = 'source', read_id = NULL WHERE id = $1", [tenant.tenantId]);
  await patchGroupAsOther(tenant, legal, removing(ana), renaming("Legal and Tax"));
  await read(stack, tenant);
  expect(await membersOf(tenant, legal)).toEqual([bob.resourceId]);
  expect(await stack.rows("SELECT FROM drift WHERE tenant_id = $1", [tenant.tenantId])).toEqual([]);
  expect(await openCodes(stack, tenant)).toEqual([]);
});

test.concurrent("put back plans the old memberships under the group's current name, and nothing is open once they are there", async () => {
  const { tenant, ana, bob, eve } = await connect("puts-groups-back");
  const legal = await acceptedGroup(tenant, "Legal", [ana, bob]);
  await patchGroupAsOther(tenant, legal, removing(ana), adding(eve));
  await read(stack, tenant);
  await patchGroupAsOther(tenant, legal, renaming("Legal and Tax"));
  await read(stack, tenant);
  const open = await openOf(stack, tenant);
  const renamed = open.filter(({ field }) => field === "group");
  await expect(decide(stack, tenant, "put-back", renamed)).rejects.toThrow("a change cannot rename a group");
  const memberships = open.filter(({ field }) => field !== "group");
  const changeIds = await decide(stack, tenant, "put-back", memberships);
  expect(changeIds).toHaveLength(2);
  for (const changeId of changeIds) {
    const { planHash, ...change } = await getChange(stack.owner, { changeId });
    expect(change.state).toBe("ready");
    await applyChange(stack.owner, { changeId, planHash });
    await untilStanding(stack.owner, changeId, "confirmed");
  }
  await read(stack, tenant);
  expect(await membersOf(tenant, legal)).toEqual([ana.resourceId, bob.resourceId].sort());
  expect((await openOf(stack, tenant)).map(({ field }) => field)).toEqual(["group"]);
});

test.concurrent("put back never empties a group that Rollcall did not create, and holds many removals for a second operator", async () => {
  const { tenant, ana, bob, people } = await connect("never-empties", 8);
  const legal = await acceptedGroup(tenant, "Legal", [ana, bob]);
  await patchGroupAsOther(tenant, legal, adding(...people.slice(2)));
  await read(stack, tenant);
  const [changeId = ""] = await decide(stack, tenant, "put-back", await openOf(stack, tenant));
  const removals = operationsOf(await getChange(stack.owner, { changeId }));
  expect(removals.map(({ kind, state }) => [kind, state])).toEqual(
    people.slice(2).map(() => ["members_remove", "held"]),
  );

  const empty = await acceptedGroup(tenant, "Choir", []);
  await patchGroupAsOther(tenant, empty, adding(ana));
  await read(stack, tenant);
  const joined = await openOf(stack, tenant);
  await expect(decide(stack, tenant, "put-back", joined)).rejects.toThrow("Choir would have no members");
  expect(await openOf(stack, tenant)).toEqual(joined);
});

test.concurrent("a removed group is created again by a plan with its members on the roster, or leaves the roster", async () => {
  const { tenant, ana, bob } = await connect("gone-groups");
  const legal = await acceptedGroup(tenant, "Legal", [ana, bob]);
  const choir = await acceptedGroup(tenant, "Choir", [ana, bob]);
  await askAsOther(tenant, "DELETE", `/Groups/${legal}`);
  await askAsOther(tenant, "DELETE", `/Groups/${choir}`);
  await read(stack, tenant);
  const open = await openOf(stack, tenant);
  expect(open.map(({ label, before, after }) => [label, before, after]).sort()).toEqual([
    ["Choir", "Choir", null],
    ["Legal", "Legal", null],
  ]);
  const [changeId = ""] = await decide(
    stack,
    tenant,
    "put-back",
    open.filter(({ label }) => label === "Legal"),
  );
  expect(
    operationsOf(await getChange(stack.owner, { changeId })).map(({ kind, target }) => [kind, target]),
  ).toEqual([
    ["group_create", "Legal"],
    ["members_add", "Legal"],
    ["members_add", "Legal"],
  ]);
  await decide(
    stack,
    tenant,
    "accept",
    open.filter(({ label }) => label === "Choir"),
  );
  expect(await rosterGroupsOf(tenant)).toMatchObject({
    [ana.userName]: ["Legal"],
    [bob.userName]: ["Legal"],
  });
  expect(await openCodes(stack, tenant)).toEqual([]);
});

test.concurrent("accept updates the roster groups, and is refused where the policy decides the group", async () => {
  const { tenant, ana, bob, eve } = await connect("accepts-groups");
  const legal = await acceptedGroup(tenant, "Legal", [ana, bob]);
  await patchGroupAsOther(tenant, legal, removing(ana), adding(eve));
  await read(stack, tenant);
  await decide(stack, tenant, "accept", await openOf(stack, tenant));
  await patchGroupAsOther(tenant, legal, renaming("Legal and Tax"));
  await read(stack, tenant);
  await decide(stack, tenant, "accept", await openOf(stack, tenant));
  expect(await rosterGroupsOf(tenant)).toEqual({
    [ana.userName]: [],
    [bob.userName]: ["Legal and Tax"],
    [eve.userName]: ["Legal and Tax"],
  });

  const when = [{ kind: "presence" as const, field: "userName", is: "present" as const }];
  const grouping = { ...defaultPolicy.grouping, rules: [{ when, group: "Legal and Tax" }] };
  await savePolicy(stack.owner, { tenantId: tenant.tenantId, version: 0, grouping, confirmedOut: 0 });
  await patchGroupAsOther(tenant, legal, removing(bob), renaming("Lawyers"));
  await read(stack, tenant);
  const open = await openOf(stack, tenant);
  await expect(
    decide(
      stack,
      tenant,
      "accept",
      open.filter(({ field }) => field === "group"),
    ),
  ).rejects.toThrow("group rules name Legal and Tax");
  await patchGroupAsOther(tenant, legal, renaming("Legal and Tax"));
  await read(stack, tenant);
  await expect(decide(stack, tenant, "accept", await openOf(stack, tenant))).rejects.toThrow(
    "decide who is in",
  );
  expect(await rosterGroupsOf(tenant)).toMatchObject({ [bob.userName]: ["Legal and Tax"] });
});

test.concurrent("a server that omits members from its answers removes nobody from a group", async () => {
  const { owner, simulator } = stack;
  const slug = "left-out";
  const domain = `${slug}.example`;
  const made = await simulator.createTenant({
    name: slug,
    slug,
    domains: [domain],
    reads: "mailbox",
    people: 3,
  });
  let leavesOut: "nothing" | "empty" | "listed" | "all" = "nothing";
  const server = await startScriptedServer((request, response) => {
    void relay(made.tenantUrl, request).then(({ body, status }) =>
      sendJson(response, withoutMembers(body, leavesOut), status),
    );
  });
  const { tenantId } = await connectTenant(owner, {
    name: slug,
    tenantUrl: server.baseUrl,
    token: made.token,
    domains: [domain],
  });
  const tenant = { tenantId, domain, ...made };
  await untilTenant(owner, tenant, ({ readAt }) => readAt !== null, "to be read");
  await cutOver(owner, { tenantId, name: slug }, "source");
  const [ana, bob, eve] = await peopleOf(stack, tenant);
  if (!ana || !bob || !eve) throw new Error("Nobody there");
  const legal = await acceptedGroup(tenant, "Legal", [ana, bob]);
  const choir = await acceptedGroup(tenant, "Choir", [eve]);

  leavesOut = "all";
  await read(stack, tenant);
  expect(await openOf(stack, tenant)).toEqual([]);
  expect(await membersOf(tenant, legal)).toHaveLength(2);
  const [latest] = await listReads(owner, { tenantId, limit: 1 });
  expect(latest).toMatchObject({ state: "complete", groups: 2, memberships: 3 });
  const sizes = await stack.rows("SELECT members FROM directory_group WHERE tenant_id = $1 ORDER BY 1", [
    tenantId,
  ]);
  expect(sizes).toEqual([{ members: 1 }, { members: 2 }]);

  leavesOut = "listed";
  await patchGroupAsOther(made, legal, removing(ana));
  await read(stack, tenant);
  expect(await openStepsOf(stack, tenant)).toEqual([[ana.resourceId, "Legal", null]]);

  leavesOut = "empty";
  await patchGroupAsOther(made, choir, removing(eve));
  await patchGroupAsOther(made, legal, adding(ana));
  await read(stack, tenant);
  expect(await openStepsOf(stack, tenant)).toEqual([[eve.resourceId, "Choir", null]]);
});

/** Checks the server's state behind the answers. */
async function relay(tenantUrl: string, { method, url, headers }: ReceivedRequest) {
  const { authorization = "" } = headers;
  const answer = await fetch(`${tenantUrl}${url}`, { method, headers: { authorization } });
  const body: unknown = await answer.json();
  return { body, status: answer.status };
}

/** A server's answer about groups that leaves out their members: of all, of listed ones, of empty ones. */
function withoutMembers(body: unknown, leavesOut: "nothing" | "empty" | "listed" | "all"): unknown {
  if (typeof body !== "object" || body === null) return body;
  if ("Resources" in body && Array.isArray(body.Resources)) {
    const which = leavesOut === "listed" ? "all" : leavesOut;
    return { ...body, Resources: body.Resources.map((each) => withoutMembers(each, which)) };
  }
  if (!("members" in body) || !Array.isArray(body.members)) return body;
  const isLeftOut = leavesOut === "all" || (leavesOut === "empty" && body.members.length === 0);
  return isLeftOut ? { ...body, members: undefined } : body;
}

test.concurrent("the roster follows memberships that are left to the tenant without drift, but groups still open drift", async () => {
  const { tenant, ana, bob, eve } = await connect("follows-groups");
  const legal = await acceptedGroup(tenant, "Legal", [ana, bob]);
  await patchGroupAsOther(tenant, legal, removing(ana), adding(eve));
  await read(stack, tenant);
  await decide(stack, tenant, "always", (await openOf(stack, tenant)).slice(0, 1));
  expect(await openOf(stack, tenant)).toEqual([]);
  expect(await rosterGroupsOf(tenant)).toMatchObject({ [ana.userName]: [], [eve.userName]: ["Legal"] });
  await patchGroupAsOther(tenant, legal, adding(ana), removing(eve));
  const choir = await makeGroupAsOther(tenant, "Choir", []);
  await read(stack, tenant);
  expect(await rosterGroupsOf(tenant)).toMatchObject({ [ana.userName]: ["Legal"], [eve.userName]: [] });
  expect(await openStepsOf(stack, tenant)).toEqual([[choir, null, "Choir"]]);
});
