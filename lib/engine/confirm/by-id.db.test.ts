import { afterAll, beforeAll, expect, test } from "vitest";
import { listAccounts } from "@/lib/directory/data";
import { setRails } from "@/lib/tenants/rails-settings";
import { waitFor } from "@/lib/wait-for";
import { applyIntent, connectFast, onboard, outcomesOf, setFaults, untilStanding } from "@/test/changes";
import { inviteTo, patchIn, peopleIn, readAgain } from "@/test/edit-tenant";
import type { FleetTenant } from "@/test/fleet";
import { sizeOf } from "@/test/run-length";
import { type Stack, startStack } from "@/test/stack";

/* Addresses change hands in a tenant. What was written to somebody is looked for at their resource id, never at the
   address. 30 people are read back by one full read, 2 by a lookup of each. */

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
  await stack.rows("UPDATE fleet SET hold_min = 1000");
});
afterAll(() => stack?.close());

async function connect(slug: string, people: number): Promise<FleetTenant> {
  const tenant = await connectFast(stack, slug, { people, reads: "mailbox" });
  await setRails(stack.owner, { tenantId: tenant.tenantId, reason: "A test needs it", restoreHoldMin: 100 });
  return tenant;
}

/** Everybody gets another address, and an archived newcomer gets the old one. */
async function replaceEverybody(tenant: FleetTenant): Promise<void> {
  // The console still knows the old address, and would give the newcomer its id.
  await setFaults(stack, tenant, [{ kind: "twin", match: { method: "POST" } }]);
  for (const { id, userName } of await peopleIn(tenant)) {
    await patchIn(tenant, `/Users/${id}`, { path: "userName", value: `moved.${userName}` });
    await inviteTo(tenant, userName, { active: false });
  }
  await setFaults(stack, tenant, []);
}

async function offboardEverybody({ tenantId }: FleetTenant): Promise<string> {
  const { rows } = await listAccounts(stack.owner, { tenantId });
  const accounts = rows.map(({ resourceId, userName }) => ({ tenantId, resourceId, userName }));
  return applyIntent(stack.owner, { kind: "offboard", accounts });
}

/** Waits until each of the change's operations was read back at least once. */
function untilRead(changeId: string): Promise<void> {
  return waitFor(async () => {
    const [row] = await stack.rows<{ confirms: number | null }>(
      "SELECT min(confirms) AS confirms FROM operation WHERE change_id = $1 AND state IN ('accepted', 'confirmed')",
      [changeId],
    );
    return (row?.confirms ?? 0) > 0;
  }, "the operations to be read back");
}

function idsOf(changeId: string): Promise<{ state: string; resourceId: string }[]> {
  return stack.rows(
    'SELECT state, resource_id AS "resourceId" FROM operation WHERE change_id = $1 ORDER BY resource_id',
    [changeId],
  );
}

/** Many are looked up in blocks, and a few one by one. */
const sizes = sizeOf({ short: [2], long: [30, 2] });

test.for(sizes)(
  "undo restores the %i people of the change, and not who has their addresses now",
  async (people) => {
    const tenant = await connect(`moved-${people}`, people);
    const before = (await peopleIn(tenant)).map(({ id }) => id).sort();
    await replaceEverybody(tenant);
    const offboarding = await offboardEverybody(tenant);
    await untilStanding(stack.owner, offboarding, "confirmed");
    expect((await idsOf(offboarding)).map(({ resourceId }) => resourceId)).toEqual(before);

    const undoing = await applyIntent(stack.owner, {
      kind: "undo",
      changeId: offboarding,
      tenantIds: [tenant.tenantId],
    });
    await untilStanding(stack.owner, undoing, "confirmed");
    const active = (await peopleIn(tenant)).filter((person) => person.active);
    expect(active.map(({ id }) => id).sort()).toEqual(before);
  },
);

test.for(sizes)(
  "of %i writes that the tenant swallowed none is confirmed, whoever has the address now",
  async (people) => {
    const tenant = await connect(`swallowed-${people}`, people);
    await replaceEverybody(tenant);
    await setFaults(stack, tenant, [{ kind: "swallow", match: { method: "PATCH", path: "^/Users" } }]);
    const changeId = await offboardEverybody(tenant);
    await untilStanding(stack.owner, changeId, "waiting", "confirmed");
    await untilRead(changeId);
    const states = (await idsOf(changeId)).map(({ state }) => state);
    expect(states).toEqual(Array.from({ length: people }, () => "accepted"));
  },
);

test("two people of one address are confirmed each for themselves", async () => {
  const tenant = await connect("twins", 0);
  await setFaults(stack, tenant, [{ kind: "twin", match: { method: "POST" } }]);
  const [first, second] = [
    await inviteTo(tenant, `dup@${tenant.domain}`),
    await inviteTo(tenant, `Dup@${tenant.domain}`),
  ];
  await setFaults(stack, tenant, [
    { kind: "swallow", match: { method: "PATCH", path: `^/Users/${second}` } },
  ]);
  const accounts = [first, second].map((resourceId) => ({
    tenantId: tenant.tenantId,
    resourceId,
    userName: `dup@${tenant.domain}`,
  }));
  await readAgain(stack, tenant);
  const changeId = await applyIntent(stack.owner, { kind: "offboard", accounts });
  await untilRead(changeId);
  const states = new Map((await idsOf(changeId)).map(({ resourceId, state }) => [resourceId, state]));
  expect(states.get(second)).toBe("accepted");
});

test("groups of one name made by several changes keep each the id of its own answer", async () => {
  const tenant = await connect("groups", 0);
  await setFaults(stack, tenant, [{ kind: "twin", match: { method: "POST" } }]);
  const names = ["ana", "bob", "cid", "dee"];
  const changes = await Promise.all(
    names.map((name) => onboard(stack.owner, tenant, name, { groups: ["New Hires"] })),
  );
  for (const changeId of changes) {
    const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
    expect(outcomesOf(change).map(([kind, state]) => [kind, state])).toContainEqual([
      "group_create",
      "confirmed",
    ]);
  }
  const rows = await stack.rows<{ own: string; resourceId: string }>(
    `SELECT o.resource_id AS "resourceId", a.response_body::jsonb ->> 'id' AS own
       FROM operation o JOIN attempt a ON a.operation_id = o.id AND a.method = 'POST'
      WHERE o.tenant_id = $1 AND o.kind = 'group_create' AND a.status = 201`,
    [tenant.tenantId],
  );
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.map(({ resourceId }) => resourceId)).toEqual(rows.map(({ own }) => own));
});

test("an answer about somebody else confirms nothing, and others are confirmed beside it", async () => {
  const tenant = await connect("swapped", 3);
  const [first, second, third] = await peopleIn(tenant);
  if (!first || !second || !third) throw new Error("The simulated tenant has too few people");
  await patchIn(tenant, `/Users/${first.id}`, { path: "active", value: false });
  await setFaults(stack, tenant, [
    { kind: "swallow", match: { method: "PATCH", path: `^/Users/${second.id}` } },
    { kind: "swap", match: { method: "GET", path: `^/Users/${second.id}` } },
  ]);
  const accounts = [second, third].map(({ id, userName }) => ({
    tenantId: tenant.tenantId,
    resourceId: id,
    userName,
  }));
  const changeId = await applyIntent(stack.owner, { kind: "offboard", accounts });
  await waitFor(
    async () => (await idsOf(changeId)).some(({ state }) => state === "confirmed"),
    "the other one to be confirmed",
  );
  await untilRead(changeId);
  const states = new Map((await idsOf(changeId)).map(({ resourceId, state }) => [resourceId, state]));
  expect(states).toEqual(
    new Map([
      [second.id, "accepted"],
      [third.id, "confirmed"],
    ]),
  );
});

test("a person whom only a full read shows is confirmed by it, due or not, and then joins the group", async () => {
  const tenant = await connect("hidden", 0);
  await setFaults(stack, tenant, [
    { kind: "cut-after-commit", match: { method: "POST", path: "^/Users" }, times: 1 },
    { kind: "silence", match: { path: "^/Users\\?filter" }, attributes: ["Resources", "totalResults"] },
  ]);
  const changeId = await onboard(stack.owner, tenant, "ana", { groups: ["Legal"] });
  await untilRead(changeId);
  const put =
    "UPDATE operation SET confirm_at = now() + interval '1 hour' WHERE change_id = $1 AND state = 'accepted'";
  await stack.rows(put, [changeId]);
  await readAgain(stack, tenant);
  const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect(outcomesOf(change).map(([kind, state]) => [kind, state])).toEqual([
    ["create", "confirmed"],
    ["group_create", "confirmed"],
    ["members_add", "confirmed"],
  ]);
});
