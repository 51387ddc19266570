import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type InProcess, itemsOf, startInProcess } from "./in-process";
import { buildServer } from "./server";
import { createTenant } from "./tenants";
import { newWorld } from "./world";

let simulator: InProcess;
beforeAll(async () => {
  simulator = await startInProcess();
});
afterAll(() => simulator.close());

describe("tenants", () => {
  test("a tenant's slug is made from its name, and its token is shown once and never listed", async () => {
    const made = await simulator.control("POST", "/tenants", { name: "Žižka & Sons", seats: 5 });
    expect(made.status).toBe(201);
    expect(made.json).toEqual({
      slug: "zizka-sons",
      tenantUrl: `${simulator.url}/t/zizka-sons/scim/v2`,
      token: expect.stringMatching(/^kb4sim_/),
    });
    const one = await simulator.control("GET", "/tenants/zizka-sons");
    expect(one.json).toMatchObject({ name: "Žižka & Sons", seats: 5, testMode: false, hasToken: true });
    const list = await simulator.control("GET", "/tenants");
    expect(one.text + list.text).not.toContain(String(made.json.token));
  });

  test("a taken slug, an unknown setting and an unknown tenant are refused", async () => {
    await simulator.control("POST", "/tenants", { name: "Twice", slug: "twice" });
    expect((await simulator.control("POST", "/tenants", { name: "Twice", slug: "twice" })).status).toBe(409);
    expect((await simulator.control("POST", "/tenants", { name: "Odd", colour: "red" })).status).toBe(400);
    expect((await simulator.control("PATCH", "/tenants/nobody", { seats: 1 })).status).toBe(404);
  });

  test("a deleted tenant is gone and its addresses are free", async () => {
    const gone = await simulator.tenant({ people: 1 });
    const heir = await simulator.tenant();
    const users: unknown = JSON.parse((await gone.control("GET", "/console/users")).text);
    await heir.addUser(String(itemsOf(users)[0]?.userName));
    await simulator.control("DELETE", `/tenants/${gone.slug}`);
    expect((await gone.scim("GET", "/Users")).status).toBe(404);
    expect((await heir.forceSync()).users.created).toBe(1);
  });

  test("credentials of the demo are given only where the demo was seeded", async () => {
    expect((await simulator.control("GET", "/demo-credentials")).status).toBe(404);
  });
});

describe("people", () => {
  test("believable people are the same for the same slug on any simulator", async () => {
    const tenant = await simulator.tenant({ slug: "northwind", people: "believable" });
    const twin = createTenant(newWorld(), { name: "Northwind", slug: "northwind", people: "believable" });
    const users: unknown = JSON.parse((await tenant.control("GET", "/console/users")).text);
    const shown = itemsOf(users);
    expect(shown.map((user) => user.resource)).toEqual(
      [...twin.console.users.byId.values()].map((user) => user.resource),
    );
    expect(shown.length).toBeGreaterThanOrEqual(40);
    expect(shown.filter((user) => user.admin === true)).toHaveLength(2);
    expect(shown.filter((user) => user.provisioningManaged === false)).toHaveLength(1);
    expect(shown.some((user) => user.archived === true)).toBe(true);
    expect(shown.some((user) => Array.isArray(user.aliases) && user.aliases.length > 0)).toBe(true);
    expect(shown.every((user) => /^[\x21-\x7e]+@northwind\.example$/.test(String(user.userName)))).toBe(true);
  });

  test("provisioned people match the mailbox: a sync archives nobody and changes only their aliases", async () => {
    const tenant = await simulator.tenant({ people: "believable" });
    const sync = await tenant.forceSync();
    expect(sync.users).toMatchObject({ created: 0, archived: 0, restored: 0 });
    expect(new Set(sync.report.map((line) => line.code))).toEqual(new Set(["alias-removed"]));
  });

  test("the console is searched by name, address, title and department", async () => {
    const tenant = await simulator.tenant({ people: "believable" });
    const found: unknown = JSON.parse((await tenant.control("GET", "/console/users?q=FINANCE%20dir")).text);
    expect(itemsOf(found)).toHaveLength(1);
  });

  test("a console edit that would break the console is refused", async () => {
    const tenant = await simulator.tenant({ people: 2, seats: 2 });
    const users: unknown = JSON.parse((await tenant.control("GET", "/console/users")).text);
    const [a, b] = itemsOf(users);
    const edit = (id: unknown, body: unknown) => tenant.control("PATCH", `/console/users/${id}`, body);
    expect((await edit(a?.id, { userName: b?.userName })).status).toBe(409);
    expect((await edit(a?.id, { admin: true })).json.admin).toBe(true);
    expect((await edit(a?.id, { archived: true })).status).toBe(409);
    await edit(b?.id, { archived: true });
    await tenant.control("PATCH", "", { seats: 1 });
    expect((await edit(b?.id, { archived: false })).status).toBe(409);
    expect((await edit("nobody", { title: "x" })).status).toBe(404);
  });
});

test("closing the server stops the timers of its tenants", async () => {
  const world = newWorld();
  const tenant = createTenant(world, { name: "Ticking", syncEverySeconds: 1 });
  const server = buildServer(world);
  await server.listen({ port: 0, host: "127.0.0.1" });
  expect(tenant.timer).not.toBeNull();
  await server.close();
  expect(tenant.timer).toBeNull();
});
