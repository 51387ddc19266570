import { afterAll, beforeAll, expect, test } from "vitest";
import { type InProcess, itemsOf, startInProcess } from "./in-process";

let simulator: InProcess;
beforeAll(async () => {
  simulator = await startInProcess();
});
afterAll(() => simulator.close());

test("a group is found by name without regard to case, and without members when they are excluded", async () => {
  const tenant = await simulator.tenant({ people: "believable" });
  const filter = encodeURIComponent('displayName eq "ALL staff"');
  const found = await tenant.scim("GET", `/Groups?filter=${filter}&excludedAttributes=members`);
  const [group] = itemsOf(found.json.Resources);
  expect(group?.displayName).toBe("All Staff");
  expect(group).not.toHaveProperty("members");
  const whole = await tenant.scim("GET", `/Groups/${group?.id}`);
  expect(itemsOf(whole.json.members).length).toBeGreaterThan(20);
});

test("a taken group name is a 409", async () => {
  const tenant = await simulator.tenant();
  expect((await tenant.scim("POST", "/Groups", { displayName: "Finance" })).status).toBe(201);
  expect((await tenant.scim("POST", "/Groups", { displayName: "finance" })).status).toBe(409);
});

test("a group appears, changes and is archived with the sync", async () => {
  const tenant = await simulator.tenant();
  const member = await tenant.addUser(`a@${tenant.slug}.example`);
  const made = await tenant.scim("POST", "/Groups", { displayName: "Finance", members: [{ value: member }] });
  const url = `/Groups/${made.json.id}`;
  expect((await tenant.scim("GET", url)).status).toBe(404);

  const first = await tenant.forceSync();
  expect(first).toMatchObject({ users: { created: 1 }, groups: { created: 1 }, memberships: { created: 1 } });
  expect(itemsOf((await tenant.scim("GET", url)).json.members)).toMatchObject([{ value: member }]);

  await tenant.scim("PATCH", url, {
    Operations: [
      { op: "replace", path: "displayName", value: "Money" },
      { op: "remove", path: `members[value eq "${member}"]` },
    ],
  });
  const second = await tenant.forceSync();
  expect(second).toMatchObject({ groups: { changed: 1 }, memberships: { archived: 1 } });

  expect((await tenant.scim("DELETE", url)).status).toBe(204);
  expect((await tenant.forceSync()).groups.archived).toBe(1);
  expect((await tenant.scim("GET", url)).status).toBe(404);

  const again = await tenant.scim("POST", "/Groups", { displayName: "Money" });
  expect(again.status).toBe(201);
  expect((await tenant.forceSync()).groups.restored).toBe(1);
});

test("a member whom the sync refused joins the group in the sync that accepts them", async () => {
  const tenant = await simulator.tenant({ seats: 0 });
  const member = await tenant.addUser(`a@${tenant.slug}.example`);
  await tenant.scim("POST", "/Groups", { displayName: "Finance", members: [{ value: member }] });
  const refused = await tenant.forceSync();
  expect(refused.memberships.created).toBe(0);
  expect(refused.report.map((line) => line.code)).toContain("member-not-present");
  await tenant.control("PATCH", "", { seats: 1 });
  expect((await tenant.forceSync()).memberships.created).toBe(1);
});

test("groups made in the console survive a source that does not have them", async () => {
  const tenant = await simulator.tenant({ people: "believable", emptyMailbox: true });
  await tenant.forceSync();
  const groups = JSON.parse((await tenant.control("GET", "/console/groups")).text);
  expect(itemsOf(groups).every((group) => group.archived === false)).toBe(true);
});
