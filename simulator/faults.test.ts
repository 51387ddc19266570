import { afterAll, beforeAll, expect, test } from "vitest";
import { type InProcess, itemsOf, startInProcess, type TenantClient } from "./in-process";

let simulator: InProcess;
beforeAll(async () => {
  simulator = await startInProcess();
});
afterAll(() => simulator.close());

async function withFaults(rules: unknown[], settings = {}): Promise<TenantClient> {
  const tenant = await simulator.tenant(settings);
  const answer = await tenant.control("PUT", "/faults", rules);
  expect(answer.status).toBe(200);
  return tenant;
}

test("a 429 applies as often as requested, with Retry-After in seconds, as a date or not at all", async () => {
  const tenant = await withFaults([
    { kind: "429", times: 1 },
    { kind: "429", times: 1, retryAfter: 3 },
    { kind: "503", times: 1, retryAfter: 3, retryAfterAs: "date" },
  ]);
  const bare = await tenant.scim("GET", "/Users");
  expect([bare.status, bare.headers.get("retry-after")]).toEqual([429, null]);
  const seconds = await tenant.scim("GET", "/Users");
  expect([seconds.status, seconds.headers.get("retry-after")]).toEqual([429, "3"]);
  const date = await tenant.scim("GET", "/Users");
  expect(date.status).toBe(503);
  expect(Date.parse(date.headers.get("retry-after") ?? "")).not.toBeNaN();
  expect((await tenant.scim("GET", "/Users")).status).toBe(200);
  const stats = await tenant.control("GET", "/stats");
  expect(stats.json).toMatchObject({
    faults: { "429": 2, "503": 1 },
    statuses: { "200": 1, "429": 2, "503": 1 },
  });
});

test("a rule applies only to the method and path it names, and every nth of them", async () => {
  const tenant = await withFaults([
    { match: { method: "post", path: "^/Users$" }, everyNth: 2, kind: "500" },
  ]);
  const statuses: number[] = [];
  for (const name of ["a", "b", "c", "d"]) {
    await tenant.scim("GET", "/Users");
    statuses.push((await tenant.scim("POST", "/Users", { userName: `${name}@x.example` })).status);
  }
  expect(statuses).toEqual([201, 500, 201, 500]);
});

test("a probability applies to some and not all, the same way each time", async () => {
  const tenant = await withFaults([]);
  const runs: number[][] = [];
  for (let run = 0; run < 2; run += 1) {
    await tenant.control("PUT", "/faults", [{ kind: "500", probability: 0.5 }]);
    const statuses: number[] = [];
    for (let turn = 0; turn < 40; turn += 1) statuses.push((await tenant.scim("GET", "/Users")).status);
    runs.push(statuses);
  }
  expect(new Set(runs[0])).toEqual(new Set([200, 500]));
  expect(runs[0]).toEqual(runs[1]);
});

test("a cut after commit leaves the person created", async () => {
  const tenant = await withFaults([{ match: { method: "POST" }, times: 1, kind: "cut-after-commit" }]);
  const body = { userName: `zoe@${tenant.slug}.example` };
  await expect(tenant.scim("POST", "/Users", body)).rejects.toThrow();
  expect((await tenant.scim("POST", "/Users", body)).status).toBe(409);
  expect((await tenant.forceSync()).users.created).toBe(1);
});

test("a cut before commit leaves nothing behind", async () => {
  const tenant = await withFaults([{ match: { method: "POST" }, times: 1, kind: "cut-before" }]);
  const body = { userName: `zoe@${tenant.slug}.example` };
  await expect(tenant.scim("POST", "/Users", body)).rejects.toThrow();
  expect((await tenant.scim("POST", "/Users", body)).status).toBe(201);
});

test("a hang never answers, and its request is in flight until the client gives up", async () => {
  const tenant = await withFaults([{ kind: "hang", times: 2 }]);
  const controller = new AbortController();
  const options = { headers: { authorization: `Bearer ${tenant.token}` }, signal: controller.signal };
  const hung = [1, 2].map(() => fetch(`${tenant.tenantUrl}/Users`, options));
  const stats = async () => (await tenant.control("GET", "/stats")).json;
  await expect.poll(stats).toMatchObject({ inFlight: 2, inFlightMax: 2 });
  controller.abort();
  for (const each of hung) await expect(each).rejects.toThrow();
  await expect.poll(stats).toMatchObject({ inFlight: 0, inFlightMax: 2 });
});

test("pages are cut in half or lie about the total", async () => {
  const tenant = await withFaults(
    [
      { kind: "truncated-page", times: 1 },
      { kind: "short-total", times: 1 },
    ],
    { people: 30, pageSizeMax: 10 },
  );
  const truncated = await tenant.scim("GET", "/Users");
  expect(truncated.json.totalResults).toBe(30);
  expect(itemsOf(truncated.json.Resources)).toHaveLength(5);
  const short = await tenant.scim("GET", "/Users");
  expect(short.json.totalResults).toBe(10);
  expect(itemsOf(short.json.Resources)).toHaveLength(10);
});

test("answers that are not SCIM at all: HTML, nothing, a redirect, the token echoed", async () => {
  const tenant = await withFaults([
    { kind: "html-error", status: 200, times: 1 },
    { kind: "empty-200", times: 1 },
    { kind: "redirect", location: "https://elsewhere.example/", times: 1 },
    { kind: "echo-auth", times: 1 },
  ]);
  const html = await tenant.scim("GET", "/Users");
  expect([html.status, html.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  const empty = await tenant.scim("GET", "/Users");
  expect([empty.status, empty.text]).toEqual([200, ""]);
  const redirect = await tenant.scim("GET", "/Users");
  expect([redirect.status, redirect.headers.get("location")]).toEqual([302, "https://elsewhere.example/"]);
  const echo = await tenant.scim("GET", "/Users");
  expect(echo.status).toBe(500);
  expect(echo.text).toContain(tenant.token);
});

test("one tenant's faults do not affect others, and can be removed", async () => {
  const struck = await withFaults([{ kind: "500" }]);
  const other = await simulator.tenant();
  expect((await other.scim("GET", "/Users")).status).toBe(200);
  await struck.control("DELETE", "/faults");
  expect((await struck.scim("GET", "/Users")).status).toBe(200);
});

test("an unknown kind or a broken pattern is refused", async () => {
  const tenant = await simulator.tenant();
  expect((await tenant.control("PUT", "/faults", [{ kind: "gremlins" }])).status).toBe(400);
  expect((await tenant.control("PUT", "/faults", [{ kind: "500", match: { path: "(" } }])).status).toBe(400);
});

test("a slow answer still arrives, and is counted by method and route until the stats are reset", async () => {
  const tenant = await withFaults([{ match: { path: "^/Users/" }, kind: "slow", delayMs: 20 }], {
    people: 1,
  });
  const { json } = await tenant.scim("GET", "/Users?count=1");
  expect((await tenant.scim("GET", `/Users/${itemsOf(json.Resources)[0]?.id}`)).status).toBe(200);
  const stats = await tenant.control("GET", "/stats");
  expect(stats.json).toMatchObject({
    requests: { "GET /Users": 1, "GET /Users/:id": 1 },
    faults: { slow: 1 },
  });
  await tenant.control("POST", "/stats/reset");
  expect((await tenant.control("GET", "/stats")).json).toMatchObject({ requestsTotal: 0, requests: {} });
});
