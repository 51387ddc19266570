import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { createKnowBe4Client } from "@/lib/knowbe4/client";
import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import { perform } from "@/lib/engine/send/perform";
import type { Dependencies } from "@/lib/engine/run/dependencies";
import type { StoredIntent } from "@/lib/changes/model/stored-intent";
import {
  type ReceivedRequest,
  sendJson,
  startScriptedServer,
  toListResponse,
} from "@/lib/scim/scripted-server";

/* One operation against a server that answers as no simulator would: two users of one name, a filter that is ignored. */
const create = {
  kind: "create",
  values: { userName: "ana@acme.example", givenName: "Ana", familyName: "Ruiz" },
} satisfies StoredIntent;
const ana = {
  id: "u1",
  userName: "ana@acme.example",
  name: { givenName: "Ana", familyName: "Ruiz" },
  active: true,
};

function claimed(intent: StoredIntent, given: Partial<ClaimedOperation> = {}): ClaimedOperation {
  return {
    id: "op",
    changeId: "change",
    tenantId: "tenant",
    kind: intent.kind,
    target: "ana@acme.example",
    label: "Ana Ruiz",
    resourceKey: "user:ana@acme.example",
    resourceId: null,
    intent,
    attempt: 1,
    openMs: 0,
    unsettled: false,
    dependsOn: [],
    ...given,
  };
}

type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

/** Performs one operation; returns its result and its requests, by method. */
async function run(operation: ClaimedOperation, answer: Answer, ids: Record<string, string> = {}) {
  const server = await startScriptedServer(answer);
  const dependencies: Dependencies = {
    refusal: () => null,
    isUndone: (id) => ids[id] === "none",
    resourceIdOf: (id) => ids[id] ?? null,
  };
  const client = createKnowBe4Client(server.client);
  const { signal } = new AbortController();
  const { result, tenant } = await perform(client, operation, dependencies, { signal, random: () => 0 });
  const { state, reason, resourceId, uncounted } = result;
  return {
    result: { state, reason, resourceId, uncounted },
    tenant,
    delayMs: result.delayMs,
    detail: result.detail,
    methods: server.received.map(({ method }) => method),
  };
}

/** The address is taken, and a search finds these users. */
function takenBy(...found: object[]): Answer {
  return ({ method }, response) => {
    if (method === "POST") sendJson(response, { detail: "exists" }, 409);
    else sendJson(response, toListResponse(found));
  };
}

test.each([
  ["another person", create, "/Users", { ...ana, userName: "bob@acme.example" }],
  [
    "another group",
    { kind: "group_create", displayName: "Sales" } as const,
    "/Groups",
    { id: "g1", displayName: "Legal" },
  ],
])(
  "a create that is answered about %s was accepted, and learns no id from that answer",
  async (_, intent, path, answer) => {
    const { result, methods } = await run(claimed(intent), ({ url }, response) => {
      expect(url).toBe(path);
      sendJson(response, answer, 201);
    });
    expect(result).toMatchObject({ state: "accepted", resourceId: null, reason: "accepted-not-visible" });
    expect(methods).toEqual(["POST"]);
  },
);

describe("an address that is taken", () => {
  test.each([
    ["the same person is linked", [ana], { state: "accepted", resourceId: "u1" }],
    [
      "the same person under the address in another case is linked",
      [{ ...ana, userName: "ANA@Acme.example" }],
      { state: "accepted", resourceId: "u1" },
    ],
    [
      "two people are nobody's guess",
      [ana, { ...ana, id: "u2" }],
      { state: "failed", reason: "ambiguous-match" },
    ],
    [
      "somebody of another name is not taken over",
      [{ ...ana, name: { givenName: "Bob", familyName: "Stone" } }],
      { state: "failed", reason: "different-person" },
    ],
    [
      "somebody another source has given an id is that source's",
      [{ ...ana, externalId: "from-entra" }],
      { state: "failed", reason: "different-person" },
    ],
    [
      "somebody archived waits for a decision",
      [{ ...ana, active: false }],
      { state: "failed", reason: "archived-match" },
    ],
    [
      "a longer address that a filter let through is nobody",
      [{ ...ana, userName: "ana@acme.example.evil" }],
      { state: "failed", reason: "conflict-not-visible" },
    ],
    ["nobody to be seen is nobody to link", [], { state: "failed", reason: "conflict-not-visible" }],
  ])("%s", async (_name, found, wanted) => {
    const { result, tenant, methods } = await run(claimed(create), takenBy(...found));
    expect(result).toMatchObject(wanted);
    expect(tenant).toEqual({ kind: "none" });
    expect(methods).toEqual(["POST", "GET"]);
  });

  test("by our own write, whose reply was lost and which is not visible yet, counts as accepted", async () => {
    const { result, methods } = await run(claimed(create, { unsettled: true }), takenBy());
    expect(result).toMatchObject({ state: "accepted", reason: "accepted-not-visible", resourceId: null });
    expect(methods).toEqual(["GET", "POST", "GET"]);
  });

  test("and a failed search leaves the operation as it was: it was refused, so nothing of it was done", async () => {
    const { result } = await run(claimed(create), ({ method }, response) =>
      sendJson(response, { detail: "no" }, method === "POST" ? 409 : 500),
    );
    expect(result).toMatchObject({ state: "queued", reason: "tenant-error" });
  });
});

test("two accounts with our own external id are nobody's guess", async () => {
  const values = { ...create.values, externalId: "ours" };
  const twins = ["u1", "u2"].map((id) => ({ ...ana, id, externalId: "ours" }));
  const { result } = await run(claimed({ kind: "create", values }), takenBy(...twins));
  expect(result).toMatchObject({ state: "failed", reason: "ambiguous-match" });
});

describe("an operation that may have been done", () => {
  test("is not sent again when the tenant shows it", async () => {
    const { result, methods } = await run(claimed(create, { unsettled: true }), takenBy(ana));
    expect(result).toMatchObject({ state: "accepted", resourceId: "u1" });
    expect(methods).toEqual(["GET"]);
  });

  test("is never sent while the tenant cannot be read", async () => {
    const { result, methods } = await run(claimed(create, { unsettled: true }), (_request, response) =>
      sendJson(response, {}, 503),
    );
    expect(result.state).toBe("unknown");
    expect(methods).toEqual(["GET"]);
  });

  test("and gets a 401 on the lookup stays unknown, and the lookup is not counted", async () => {
    const { result, tenant } = await run(claimed(create, { unsettled: true }), (_request, response) =>
      sendJson(response, {}, 401),
    );
    expect(result).toMatchObject({ state: "unknown", reason: "token-rejected", uncounted: true });
    expect(tenant).toEqual({ kind: "stop" });
  });
});

describe("a person who is gone", () => {
  const update = claimed({ kind: "update", changes: { title: "Clerk" } }, { resourceId: "old" });

  function goneBut(...found: object[]): Answer {
    return ({ method, url }, response) => {
      if (url.includes("/Users/old")) sendJson(response, {}, 404);
      else if (method === "GET") sendJson(response, toListResponse(found));
      else sendJson(response, ana);
    };
  }

  test.each([
    ["nobody", []],
    ["one person", [ana]],
    ["two people", [ana, { ...ana, id: "u2" }]],
  ])("ends the operation, also when %s has the address now", async (_name, found) => {
    const { result, methods } = await run(update, goneBut(...found));
    expect(result).toMatchObject({ state: "failed", reason: "vanished" });
    expect(methods).toEqual(["PATCH"]);
  });
});

describe("a membership", () => {
  const members = [{ operationId: "person" }];
  const add = claimed(
    { kind: "members_add", displayName: "Legal", members },
    { resourceKey: "group:legal", dependsOn: ["person", "group"] },
  );

  test("whose person or group is not visible yet waits, without a request and uncounted", async () => {
    const { result, methods } = await run(add, takenBy(), { person: "u1" });
    expect(result).toMatchObject({ state: "queued", reason: "accepted-not-visible", uncounted: true });
    expect(methods).toEqual([]);
  });

  test("waits longer each time, and ends with the reason after a day", async () => {
    const dayMs = 24 * 3_600_000;
    const waits = [0, 60_000, dayMs - 1].map((openMs) =>
      run({ ...add, openMs }, takenBy(), { person: "u1" }),
    );
    expect((await Promise.all(waits)).map(({ delayMs }) => delayMs)).toEqual([5_000, 60_000, 40 * 60_000]);
    const { result, methods } = await run({ ...add, openMs: dayMs }, takenBy(), { person: "u1" });
    expect(result).toMatchObject({ state: "failed", reason: "accepted-not-visible" });
    expect(methods).toEqual([]);
  });

  test("leaves out people who were not created, and adds the others", async () => {
    const both = [{ operationId: "person" }, { operationId: "other" }];
    const sent: unknown[] = [];
    const { result } = await run(
      { ...add, intent: { kind: "members_add", displayName: "Legal", members: both } },
      ({ body }, response) => {
        sent.push(body);
        sendJson(response, { id: "g1", displayName: "Legal" });
      },
      { person: "none", other: "u2", group: "g1" },
    );
    expect(result).toMatchObject({ state: "accepted", resourceId: "g1" });
    expect(JSON.stringify(sent)).toContain("u2");
    expect(JSON.stringify(sent)).not.toContain("none");
  });

  test("that may have been added to a group that is not visible yet is added again, which changes nothing", async () => {
    const known = { person: "u1", group: "g1" };
    const { result, methods } = await run(
      { ...add, unsettled: true },
      ({ method }, response) =>
        method === "GET"
          ? sendJson(response, {}, 404)
          : sendJson(response, { id: "g1", displayName: "Legal" }),
      known,
    );
    expect(result).toMatchObject({ state: "accepted", resourceId: "g1" });
    expect(methods).toEqual(["GET", "PATCH"]);
  });
});

describe("a write that is refused with 403", () => {
  const archive = claimed({ kind: "archive" }, { resourceId: "u1" });

  test("fails alone where a read with the same token is allowed", async () => {
    const { result, tenant, methods } = await run(archive, ({ method }, response) =>
      method === "GET" ? sendJson(response, toListResponse([ana])) : sendJson(response, {}, 403),
    );
    expect(result).toMatchObject({ state: "failed", reason: "operation-refused" });
    expect(tenant).toEqual({ kind: "none" });
    expect(methods).toEqual(["PATCH", "GET"]);
  });

  test.each([
    [403, "stop", "token-rejected"],
    [401, "stop", "token-rejected"],
    [500, "failing", "tenant-error"],
  ])("waits where that read is answered %i: the tenant is %s", async (status, kind, reason) => {
    const { result, tenant } = await run(archive, ({ method }, response) =>
      sendJson(response, {}, method === "GET" ? status : 403),
    );
    expect(result).toMatchObject({ state: "queued", reason });
    expect(tenant).toMatchObject({ kind });
  });

  test("says of an operation that may have been done that it may have taken effect, if its read is refused", async () => {
    const { detail, methods } = await run({ ...archive, unsettled: true }, ({ url }, response) =>
      url === "/Users/u1" ? sendJson(response, {}, 403) : sendJson(response, toListResponse([ana])),
    );
    expect(detail).toMatch(/^An earlier request may have taken effect\./);
    expect(methods).toEqual(["GET", "GET"]);
  });

  test("asks no second time after 401", async () => {
    const { result, tenant, methods } = await run(archive, (_, response) => sendJson(response, {}, 401));
    expect(result).toMatchObject({ state: "queued", reason: "token-rejected" });
    expect(tenant).toEqual({ kind: "stop" });
    expect(methods).toEqual(["PATCH"]);
  });
});
