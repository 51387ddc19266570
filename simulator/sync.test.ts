import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type InProcess, itemsOf, startInProcess, type TenantClient } from "./in-process";
import type { Sync } from "./sync-record";

let simulator: InProcess;
beforeAll(async () => {
  simulator = await startInProcess();
});
afterAll(() => simulator.close());

const nothing = { created: 0, archived: 0, restored: 0, changed: 0 };

function codesOf(sync: Sync): string[] {
  return sync.report.map((line) => line.code);
}

async function listSyncs(tenant: TenantClient): Promise<Sync[]> {
  return JSON.parse((await tenant.control("GET", "/syncs")).text);
}

async function listConsole(tenant: TenantClient) {
  const users: unknown = JSON.parse((await tenant.control("GET", "/console/users")).text);
  return itemsOf(users);
}

describe("the mailbox beside the console", () => {
  test("a new person is not visible before the sync, yet their name is taken", async () => {
    const tenant = await simulator.tenant();
    const userName = `zoe@${tenant.slug}.example`;
    const id = await tenant.addUser(userName);
    const filter = `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`;
    expect((await tenant.scim("GET", `/Users/${id}`)).status).toBe(404);
    expect((await tenant.scim("GET", filter)).json.totalResults).toBe(0);
    expect((await tenant.scim("POST", "/Users", { userName })).status).toBe(409);
    expect(await tenant.forceSync()).toMatchObject({
      status: "Completed",
      forced: true,
      users: { created: 1 },
    });
    expect((await tenant.scim("GET", filter)).json.totalResults).toBe(1);
  });

  test("with reads from the mailbox a write is visible at once", async () => {
    const tenant = await simulator.tenant({ reads: "mailbox" });
    const id = await tenant.addUser(`zoe@${tenant.slug}.example`);
    expect((await tenant.scim("GET", `/Users/${id}`)).status).toBe(200);
    expect(await tenant.findConsoleUser(id)).toBeNull();
  });

  test("a person who is not synced yet can be changed and joined to a group", async () => {
    const tenant = await simulator.tenant();
    const id = await tenant.addUser(`zoe@${tenant.slug}.example`);
    const patch = { Operations: [{ op: "replace", path: "title", value: "Director" }] };
    expect((await tenant.scim("PATCH", `/Users/${id}`, patch)).status).toBe(200);
    const group = await tenant.scim("POST", "/Groups", { displayName: "Board", members: [{ value: id }] });
    expect(group.status).toBe(201);
    await tenant.forceSync();
    expect(await tenant.findConsoleUser(id)).toMatchObject({ title: "Director" });
  });

  test("a person deleted before any sync never reaches the console", async () => {
    const tenant = await simulator.tenant();
    const id = await tenant.addUser(`zoe@${tenant.slug}.example`);
    expect((await tenant.scim("DELETE", `/Users/${id}`)).status).toBe(204);
    await tenant.forceSync();
    expect(await listConsole(tenant)).toEqual([]);
  });
});

describe("archive and restore", () => {
  test("a person missing from the mailbox is archived by the next sync", async () => {
    const tenant = await simulator.tenant({ people: 3, emptyMailbox: true });
    await tenant.addUser(`new@${tenant.slug}.example`);
    const sync = await tenant.forceSync();
    expect(sync.users).toEqual({ ...nothing, created: 1, archived: 3 });
    const { json } = await tenant.scim("GET", "/Users?filter=active%20eq%20true");
    expect(itemsOf(json.Resources).map((user) => user.userName)).toEqual([`new@${tenant.slug}.example`]);
  });

  test("Provisioning Managed off shields a person from absence and from changes", async () => {
    const tenant = await simulator.tenant({ people: 1, emptyMailbox: true });
    const [person] = await listConsole(tenant);
    await tenant.control("PATCH", `/console/users/${person?.id}`, { provisioningManaged: false });
    expect((await tenant.forceSync()).status).toBe("Skipped");
    await tenant.scim("PATCH", `/Users/${person?.id}`, {
      Operations: [{ op: "replace", path: "title", value: "Changed" }],
    });
    expect(codesOf(await tenant.forceSync())).toContain("not-managed");
    expect(await tenant.findConsoleUser(String(person?.id))).toMatchObject({
      archived: false,
      title: "Analyst",
    });
  });

  test("a console admin is not archived, and the sync says so", async () => {
    const tenant = await simulator.tenant({ people: 1 });
    const [person] = await listConsole(tenant);
    await tenant.control("PATCH", `/console/users/${person?.id}`, { admin: true });
    await tenant.scim("DELETE", `/Users/${person?.id}`);
    const sync = await tenant.forceSync();
    expect(sync.report).toMatchObject([{ level: "error", code: "admin-cannot-archive" }]);
    expect(await tenant.findConsoleUser(String(person?.id))).toMatchObject({ archived: false });
  });

  test("active false archives, active true restores, and the history stays", async () => {
    const tenant = await simulator.tenant({ people: 1 });
    const [person] = await listConsole(tenant);
    const url = `/Users/${person?.id}`;
    const set = (value: boolean) =>
      tenant.scim("PATCH", url, { Operations: [{ op: "replace", path: "active", value }] });
    await set(false);
    expect((await tenant.forceSync()).users).toEqual({ ...nothing, archived: 1 });
    expect((await tenant.scim("GET", url)).json).toMatchObject({ active: false, title: "Analyst" });
    await set(true);
    expect((await tenant.forceSync()).users).toEqual({ ...nothing, restored: 1 });
    expect((await tenant.scim("GET", url)).json).toMatchObject({ active: true, title: "Analyst" });
  });

  test("a PATCH to a person whom only the console has adopts them, so absence no longer archives them", async () => {
    const tenant = await simulator.tenant({ people: 2, emptyMailbox: true });
    const [adopted, other] = await listConsole(tenant);
    await tenant.scim("PATCH", `/Users/${adopted?.id}`, {
      Operations: [{ op: "replace", path: "title", value: "Director" }],
    });
    expect((await tenant.forceSync()).users).toEqual({ ...nothing, archived: 1, changed: 1 });
    const kept = await tenant.findConsoleUser(String(adopted?.id));
    expect(kept).toMatchObject({ archived: false, title: "Director", department: "Finance" });
    expect(await tenant.findConsoleUser(String(other?.id))).toMatchObject({ archived: true });
  });
});

describe("Test Mode", () => {
  test("a sync reports what it would do and changes nothing; leaving Test Mode applies it", async () => {
    const tenant = await simulator.tenant({ people: 2, emptyMailbox: true, testMode: true });
    const before = await listConsole(tenant);
    const id = await tenant.addUser(`new@${tenant.slug}.example`);
    const dry = await tenant.forceSync();
    expect(dry).toMatchObject({ status: "Completed", testMode: true, users: { created: 1, archived: 2 } });
    expect(codesOf(dry).sort()).toEqual(["archived", "archived", "created"]);
    expect(await listConsole(tenant)).toEqual(before);

    await tenant.control("PATCH", "", { testMode: false });
    expect(await tenant.forceSync()).toMatchObject({ testMode: false, users: { created: 1, archived: 2 } });
    expect(await tenant.findConsoleUser(id)).toMatchObject({ archived: false });
  });

  test("aliases survive Test Mode and are gone after the first sync outside it", async () => {
    const tenant = await simulator.tenant({ people: 1, testMode: true });
    const [person] = await listConsole(tenant);
    const alias = `nick@${tenant.slug}.example`;
    await tenant.control("PATCH", `/console/users/${person?.id}`, { aliases: [alias] });
    expect(codesOf(await tenant.forceSync())).toEqual(["alias-removed"]);
    expect(await tenant.findConsoleUser(String(person?.id))).toMatchObject({ aliases: [alias] });
    await tenant.control("PATCH", "", { testMode: false });
    await tenant.forceSync();
    expect(await tenant.findConsoleUser(String(person?.id))).toMatchObject({ aliases: [] });
  });
});

describe("refusals that only the sync reports", () => {
  test("no one is created beyond the seats; an archive in the same sync frees one", async () => {
    const tenant = await simulator.tenant({ people: 2, seats: 2 });
    const [leaver] = await listConsole(tenant);
    await tenant.addUser(`one@${tenant.slug}.example`);
    await tenant.addUser(`two@${tenant.slug}.example`);
    await tenant.scim("DELETE", `/Users/${leaver?.id}`);
    const sync = await tenant.forceSync();
    expect(sync.users).toEqual({ ...nothing, created: 1, archived: 1 });
    expect(codesOf(sync)).toContain("seats-exceeded");
    await tenant.control("PATCH", "", { seats: 3 });
    expect((await tenant.forceSync()).users.created).toBe(1);
  });

  test("an address of another tenant is accepted over SCIM and refused by the sync until it is archived there", async () => {
    const [first, second] = [await simulator.tenant(), await simulator.tenant()];
    const userName = `shared@${first.slug}.example`;
    const id = await first.addUser(userName);
    await first.forceSync();
    const copy = await second.addUser(userName.toUpperCase());
    const refused = await second.forceSync();
    expect(refused.report).toMatchObject([{ level: "error", code: "address-in-other-account" }]);
    expect(await second.findConsoleUser(copy)).toBeNull();
    await first.scim("DELETE", `/Users/${id}`);
    await first.forceSync();
    expect((await second.forceSync()).users.created).toBe(1);
  });

  test("a domain outside the tenant's own is refused by the sync, if domains are set", async () => {
    const tenant = await simulator.tenant({ domains: ["Own-Domain.example"] });
    await tenant.addUser("in@own-domain.example");
    await tenant.addUser("out@elsewhere.example");
    const sync = await tenant.forceSync();
    expect(sync.users.created).toBe(1);
    expect(sync.report).toContainEqual(
      expect.objectContaining({ code: "domain-not-allowed", subject: "out@elsewhere.example" }),
    );
  });

  test("a person may take the address that another person gives up in the same sync", async () => {
    const tenant = await simulator.tenant({ people: 2 });
    const [a, b] = await listConsole(tenant);
    const rename = (id: unknown, value: unknown) =>
      tenant.scim("PATCH", `/Users/${id}`, { Operations: [{ op: "replace", path: "userName", value }] });
    // In the mailbox b moves away first; the sync meets a first.
    await tenant.control("PATCH", "", { reads: "mailbox" });
    await rename(b?.id, `moved@${tenant.slug}.example`);
    await rename(a?.id, b?.userName);
    expect((await tenant.forceSync()).users.changed).toBe(2);
    expect(await tenant.findConsoleUser(String(a?.id))).toMatchObject({ userName: b?.userName });
  });
});

test("an edit in the console lasts until a sync writes that person", async () => {
  const tenant = await simulator.tenant({ people: 2 });
  const [edited, other] = await listConsole(tenant);
  await tenant.control("PATCH", `/console/users/${edited?.id}`, { title: "Drifted", department: "" });
  const touch = (id: unknown) =>
    tenant.scim("PATCH", `/Users/${id}`, {
      Operations: [{ op: "replace", path: "title", value: "Analyst" }],
    });
  await touch(other?.id);
  await tenant.forceSync();
  expect((await tenant.scim("GET", `/Users/${edited?.id}`)).json.title).toBe("Drifted");
  await touch(edited?.id);
  expect((await tenant.forceSync()).users.changed).toBe(1);
  expect(await tenant.findConsoleUser(String(edited?.id))).toEqual(edited);
});

describe("the stages of a sync", () => {
  test("the timer moves a write from Pending over Processing to Completed", async () => {
    const tenant = await simulator.tenant();
    await tenant.addUser(`zoe@${tenant.slug}.example`);
    expect(await listSyncs(tenant)).toMatchObject([{ status: "Pending", forced: false, startedAt: null }]);
    await tenant.control("PATCH", "", { syncEverySeconds: 0.02 });
    await expect
      .poll(async () => (await listSyncs(tenant)).map((sync) => sync.status))
      .toEqual(["Completed"]);
    await tenant.control("PATCH", "", { processingMs: 600_000 });
    await tenant.addUser(`ida@${tenant.slug}.example`);
    await expect.poll(async () => (await listSyncs(tenant))[0]?.status).toBe("Processing");
    expect(await listConsole(tenant)).toHaveLength(1);
  });

  test("a force while a sync is Processing is Skipped", async () => {
    const tenant = await simulator.tenant({ processingMs: 600_000, syncEverySeconds: 0.02 });
    await tenant.addUser(`zoe@${tenant.slug}.example`);
    await expect.poll(async () => (await listSyncs(tenant))[0]?.status).toBe("Processing");
    await fetch(`${simulator.url}/t/${tenant.slug}/console/force-sync`, { method: "POST" });
    expect(await listSyncs(tenant)).toMatchObject([
      { status: "Skipped", forced: true },
      { status: "Processing" },
    ]);
  });

  test("a force with nothing to do is Skipped", async () => {
    const tenant = await simulator.tenant({ people: 3 });
    expect(await tenant.forceSync()).toMatchObject({ status: "Skipped", users: nothing });
  });
});
