import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../test/simulator";

let folder: string;
const started: Simulator[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "simulator-"));
});
afterEach(async () => {
  for (const simulator of started.splice(0)) await simulator.close();
  rmSync(folder, { recursive: true });
});

async function start(...args: string[]): Promise<Simulator> {
  const simulator = await startSimulator(args);
  started.push(simulator);
  return simulator;
}

async function listUsers(tenant: { tenantUrl: string; token: string }): Promise<{ totalResults: number }> {
  const headers = { authorization: `Bearer ${tenant.token}` };
  const answer = await fetch(`${tenant.tenantUrl}/Users?count=1`, { headers });
  return answer.json();
}

interface Credentials {
  name: string;
  slug: string;
  tenantUrl: string;
  token: string;
}

test("the demo's three tenants open with the tokens that it gives", async () => {
  const simulator = await start("--seed", "demo");
  const demo = await simulator.control<Credentials[]>("GET", "/demo-credentials");
  expect(demo.map((each) => each.slug)).toEqual(["contoso-legal", "lakeshore", "adventure-works"]);
  for (const each of demo) expect((await listUsers(each)).totalResults).toBeGreaterThan(40);
});

test("with a data file everything is restored after a restart, tokens and unsynced writes too", async () => {
  const file = path.join(folder, "state", "world.json");
  const first = await start("--data", file, "--seed", "demo");
  const before = await first.control<Credentials[]>("GET", "/demo-credentials");
  const tenant = await first.createTenant({ name: "Acme", people: 2, testMode: true });
  const headers = { authorization: `Bearer ${tenant.token}`, "content-type": "application/scim+json" };
  const write = { method: "POST", headers, body: JSON.stringify({ userName: "zoe@acme.example" }) };
  expect((await fetch(`${tenant.tenantUrl}/Users`, write)).status).toBe(201);
  await first.close();
  expect(readdirSync(path.dirname(file))).toEqual(["world.json"]);
  expect(statSync(file).mode & 0o077).toBe(0);

  const second = await start("--data", file, "--seed", "demo");
  const after = await second.control<Credentials[]>("GET", "/demo-credentials");
  expect(after.slice(0, 3).map((each) => each.token)).toEqual(before.map((each) => each.token));
  const moved = tenant.tenantUrl.replace(first.url, second.url);
  expect((await listUsers({ tenantUrl: moved, token: tenant.token })).totalResults).toBe(2);
  expect((await second.forceSync("acme")).users.created).toBe(1);
});

test("an unknown seed ends the process with a message", async () => {
  await expect(startSimulator(["--seed", "nobody"])).rejects.toThrow("There is no seed nobody.");
});
