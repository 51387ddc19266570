import { afterAll, beforeAll, expect, test } from "vitest";
import { type InProcess, itemsOf, startInProcess } from "./in-process";

let simulator: InProcess;
beforeAll(async () => {
  simulator = await startInProcess();
});
afterAll(() => simulator.close());

async function post(path: string, fields: Record<string, string> = {}): Promise<Response> {
  return fetch(simulator.url + path, { method: "POST", body: new URLSearchParams(fields) });
}

async function page(path: string): Promise<string> {
  return (await fetch(simulator.url + path)).text();
}

test("the form creates a tenant and shows its URL and token once", async () => {
  const shown = await (
    await post("/tenants", { name: "Fabrikam", domain: "fabrikam.example", people: "believable" })
  ).text();
  const token = /kb4sim_[\w-]+/.exec(shown)?.[0] ?? "";
  const tenantUrl = `${simulator.url}/t/fabrikam/scim/v2`;
  expect(shown).toContain(tenantUrl);
  const answer = await fetch(`${tenantUrl}/Users`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  for (const path of ["/", "/t/fabrikam/console", "/t/fabrikam/console?tab=provisioning"]) {
    expect(await page(path)).not.toContain(token);
  }
});

test("a person's name is text on the page, never markup", async () => {
  const tenant = await simulator.tenant({ name: `<b id="x">'&` });
  const displayName = '<script>alert("1")</script>';
  const id = await tenant.addUser(`zoe@${tenant.slug}.example`, {
    displayName,
    title: '" autofocus onfocus="x',
  });
  await tenant.scim("POST", "/Groups", { displayName: "<i>Group</i>", members: [{ value: id }] });
  await tenant.forceSync();
  const base = `/t/${tenant.slug}/console`;
  for (const path of [
    `${base}?q=${encodeURIComponent('"><u>')}`,
    `${base}/users/${id}`,
    `${base}?tab=groups`,
    `${base}?tab=provisioning`,
    "/",
  ]) {
    const text = await page(path);
    expect(text).toContain("KnowBe4 simulator");
    expect(text).not.toMatch(/<script|<i>|<u>|<b id|" autofocus/);
  }
});

test("an edit, the buttons of a person and their refusals reach the console", async () => {
  const tenant = await simulator.tenant({ people: 1 });
  const users: unknown = JSON.parse((await tenant.control("GET", "/console/users")).text);
  const person = itemsOf(users)[0];
  const id = String(person?.id);
  const url = `/t/${tenant.slug}/console/users/${id}`;
  await post(url, { userName: String(person?.userName), title: "Partner", department: "" });
  expect(await tenant.findConsoleUser(id)).toMatchObject({ title: "Partner", department: "" });
  await post(`${url}/admin-on`);
  const refused = await post(`${url}/archive`);
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain("A console admin cannot be archived. Nothing was changed.");
  await post(`${url}/admin-off`);
  await post(`${url}/archive`);
  expect(await tenant.findConsoleUser(id)).toMatchObject({ archived: true, admin: false });
  await post(`${url}/restore`);
  await post(`${url}/managed-off`);
  expect(await tenant.findConsoleUser(id)).toMatchObject({ archived: false, provisioningManaged: false });
});

test("the Provisioning tab forces syncs, switches Test Mode and replaces or revokes the token", async () => {
  const tenant = await simulator.tenant({ people: 1, emptyMailbox: true });
  const base = `/t/${tenant.slug}/console`;
  await post(`${base}/test-mode-on`);
  await post(`${base}/force-sync`);
  const dry = await page(`${base}?tab=provisioning`);
  expect(dry).toContain("1 archived");
  expect(dry).toContain("Archived: not in the SCIM source.");
  await post(`${base}/test-mode-off`);
  const shown = await (await post(`${base}/token-regenerate`)).text();
  const token = /kb4sim_[\w-]+/.exec(shown)?.[0] ?? "";
  expect(token).not.toBe(tenant.token);
  expect((await tenant.scim("GET", "/Users")).status).toBe(401);
  const authorization = `Bearer ${token}`;
  expect((await tenant.scim("GET", "/Users", undefined, { authorization })).status).toBe(200);
  await post(`${base}/token-revoke`);
  expect((await tenant.scim("GET", "/Users", undefined, { authorization })).status).toBe(401);
});

test("the people of a large tenant come in pages", async () => {
  const tenant = await simulator.tenant({ people: 51 });
  const first = await page(`/t/${tenant.slug}/console`);
  const second = await page(`/t/${tenant.slug}/console?page=2`);
  expect(first).toContain("51 people");
  expect(first).not.toContain("person.000051@");
  expect(second).toContain("person.000051@");
});

test("an unknown tenant or person is a page that says so", async () => {
  const answer = await fetch(`${simulator.url}/t/nobody/console`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("There is no tenant nobody.");
});
