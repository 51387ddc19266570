import { expect, test } from "vitest";
import {
  type ReceivedRequest,
  makeUsers,
  sendJson,
  startScriptedServer,
  toListResponse,
} from "@/lib/scim/scripted-server";
import { probe } from "@/lib/knowbe4/probe";

const now = new Date("2026-11-21T10:00:00Z");

/** A tenant with 250 users in pages of 50 and no ServiceProviderConfig, except for the answers of `override`. */
async function probeTenant(override: (request: ReceivedRequest) => [number, unknown] | null = () => null) {
  const server = await startScriptedServer((request, response) => {
    const [status, body] = override(request) ?? answer(request);
    sendJson(response, body, status);
  });
  const result = await probe(server.client, { now, ...server.context });
  const states = Object.fromEntries(result.steps.map(({ key, state }) => [key, state]));
  return {
    ...result,
    states,
    received: server.received,
    exchanges: server.exchanges,
    host: server.client.host,
  };
}

function answer({ url }: ReceivedRequest): [number, unknown] {
  if (url.includes("filter=")) return [200, toListResponse([])];
  if (url.startsWith("/Users?")) return [200, toListResponse(makeUsers(50), 250)];
  if (url.startsWith("/Groups?")) return [200, toListResponse([{ id: "g" }], 7)];
  return [404, {}];
}

test("a good tenant passes with four reads, each recorded with its evidence", async () => {
  const result = await probeTenant();
  expect(result).toMatchObject({
    passed: true,
    probedAt: now,
    states: {
      address: "ok",
      token: "ok",
      users: "ok",
      lookup: "ok",
      groups: "ok",
      "service-provider-config": "skipped",
    },
    capabilities: {
      patch: null,
      filter: true,
      pageSizeSeen: 50,
      usersTotal: 250,
      groupsTotal: 7,
      serviceProviderConfig: false,
      answeredBy: result.host,
    },
  });
  expect(result.received.map(({ method }) => method)).toEqual(["GET", "GET", "GET", "GET"]);
  expect(result.exchanges).toHaveLength(4);
});

test("a rejected token is distinguished from a wrong address", async () => {
  const rejected = await probeTenant(() => [401, {}]);
  expect(rejected).toMatchObject({
    passed: false,
    states: { address: "ok", token: "failed", users: "skipped" },
  });
  expect(rejected.steps[1]?.remedy).toContain("Generate a SCIM token");
  expect(rejected.received).toHaveLength(1);
  const wrong = await probeTenant(() => [404, {}]);
  expect(wrong.states).toMatchObject({ address: "ok", token: "skipped", users: "failed", lookup: "skipped" });
  expect(wrong.steps[2]?.remedy).toContain("Tenant URL");
});

test("a disabled directory that answers 200 {} to everything does not pass", async () => {
  const result = await probeTenant(() => [200, {}]);
  expect(result).toMatchObject({ passed: false, states: { users: "failed" } });
});

test("a tenant that ignores the filter is detected, although its list is short", async () => {
  const result = await probeTenant(({ url }) =>
    url.includes("filter=") ? [200, toListResponse(makeUsers(2))] : null,
  );
  expect(result).toMatchObject({ passed: false, states: { lookup: "failed", groups: "ok" } });
  expect(result.capabilities.filter).toBe(false);
});

test("a fault of one step does not stop the others", async () => {
  const result = await probeTenant(({ url }) => (url.startsWith("/Groups") ? [500, {}] : null));
  expect(result).toMatchObject({ passed: false, states: { groups: "failed", lookup: "ok", users: "ok" } });
  expect(result.capabilities.groupsTotal).toBeNull();
});

test("an unreachable tenant fails the first step and throws nothing", async () => {
  const { client, received } = await startScriptedServer((_, response) => response.destroy());
  const result = await probe(client, { now });
  expect(result.passed).toBe(false);
  expect(result.steps[0]).toMatchObject({ key: "address", state: "failed" });
  expect(result.steps.slice(1).every(({ state }) => state === "skipped")).toBe(true);
  expect(received).toHaveLength(1);
});

test("a probe that its caller ends throws", async () => {
  const { client } = await startScriptedServer(() => {});
  const call = probe(client, { now, signal: AbortSignal.abort() });
  await expect(call).rejects.toMatchObject({ reason: "aborted" });
});
