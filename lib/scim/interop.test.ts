import { describe, expect, test } from "vitest";
import { isScimError } from "@/lib/scim/errors";
import type { listPages } from "@/lib/scim/list-pages";
import { toMatch } from "@/lib/scim/matches";
import { makeUsers, sendJson, startScriptedServer, toListResponse } from "@/lib/scim/scripted-server";
import { isTrue, type ScimResource } from "@/lib/scim/wire";

// The behaviour of eight SCIM servers as observed, and this client's reading of it.

async function readAll(pages: ReturnType<typeof listPages>) {
  const resources: ScimResource[] = [];
  let error: unknown = null;
  try {
    for await (const page of pages) resources.push(...page.resources);
  } catch (thrown) {
    error = thrown;
  }
  return { ids: resources.map(({ id }) => id), error };
}

function pageOf<Item>(all: Item[], url: string, cap = Number.POSITIVE_INFINITY): Item[] {
  const query = new URL(url, "http://any").searchParams;
  const start = Number(query.get("startIndex")) - 1;
  return all.slice(start, start + Math.min(cap, Number(query.get("count"))));
}

describe("writes", () => {
  test("a PATCH may answer 204, a resource, or 200 without content", async () => {
    const answers = ["", "{}", '{"id":"1","active":false}'];
    const { client } = await startScriptedServer((_, response) => {
      const body = answers.shift() ?? "";
      response.writeHead(body ? 200 : 204).end(body);
    });
    expect(await client.users.deactivate("1")).toBeNull();
    expect(await client.users.deactivate("1")).toBeNull();
    expect(await client.users.deactivate("1")).toEqual({ id: "1", active: false });
  });

  test("(de)activation is the JSON boolean with a path", async () => {
    const { client, received } = await startScriptedServer((_, response) => response.writeHead(204).end());
    await client.users.deactivate("1");
    await client.users.reactivate("1");
    expect(received.map(({ body }) => body)).toEqual(
      [false, true].map((value) => ({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        Operations: [{ op: "replace", path: "active", value }],
      })),
    );
  });

  test.each([
    [false, false],
    ["False", false],
    ["false", false],
    ["True", true],
    [true, true],
    [undefined, false],
  ])("active %o reads as %o", (value, expected) => {
    expect(isTrue(value)).toBe(expected);
  });

  test("members are sent in blocks of at most 100", async () => {
    const { client, received } = await startScriptedServer((_, response) => response.writeHead(204).end());
    const ids = makeUsers(201).map(({ id }) => id);
    await client.groups.addMembers("g", [...ids, "1"]);
    const values = received.flatMap(({ body }) => body?.Operations as { op: string; value: unknown[] }[]);
    expect(values.map(({ value }) => value.length)).toEqual([100, 100, 1]);
    expect(values[0]).toMatchObject({ op: "add", path: "members" });
    expect(values.flatMap(({ value }) => value)).toEqual(ids.map((id) => ({ value: id })));
  });

  test("a removal is one member an operation", async () => {
    const { client, received } = await startScriptedServer((_, response) => response.writeHead(204).end());
    await client.groups.removeMembers("g", ["7", 'a"b']);
    expect(received[0]?.body?.Operations).toEqual([
      { op: "remove", path: 'members[value eq "7"]' },
      { op: "remove", path: 'members[value eq "a\\"b"]' },
    ]);
  });

  test("adding no members sends nothing", async () => {
    const { client, received } = await startScriptedServer((_, response) => response.writeHead(204).end());
    await client.groups.addMembers("g", []);
    expect(received).toEqual([]);
  });

  test("two writes to one group never run at once, and two groups do not wait for each other", async () => {
    const waiting: (() => void)[] = [];
    const { client, received } = await startScriptedServer((_, response) => {
      waiting.push(() => response.writeHead(204).end());
    });
    const writes = ["a", "a", "b"].map((id) => client.groups.addMembers(id, ["1"]));
    await expect.poll(() => waiting.length).toBe(2);
    expect(received.map(({ url }) => url).sort()).toEqual(["/Groups/a", "/Groups/b"]);
    for (const end of waiting.splice(0)) end();
    await expect.poll(() => waiting.length).toBe(1);
    for (const end of waiting) end();
    await Promise.all(writes);
  });

  test("a failed write does not delay the next one to the same resource", async () => {
    const statuses = [500, 204];
    const { client } = await startScriptedServer((_, response) =>
      response.writeHead(statuses.shift() ?? 500).end(),
    );
    const [first, second] = await Promise.allSettled([
      client.users.deactivate("1"),
      client.users.deactivate("1"),
    ]);
    expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
  });

  test("a create that answers 200 {} is not a create", async () => {
    const { client } = await startScriptedServer((_, response) => sendJson(response, {}));
    await expect(client.users.create({ userName: "a@example.com" })).rejects.toMatchObject({
      reason: "not-scim",
      sent: "answered",
      status: 200,
    });
  });

  test("SCIM JSON is sent, and JSON under either label, or none, is read", async () => {
    const labels = ["application/json", "text/plain", "application/scim+json; charset=utf-8"];
    const { client, received } = await startScriptedServer((_, response) =>
      sendJson(response, { id: "1" }, 201, { "content-type": labels.shift() ?? "" }),
    );
    for (let times = 0; times < 3; times++) expect((await client.users.create({})).id).toBe("1");
    expect(received[0]?.headers).toMatchObject({
      "content-type": "application/scim+json",
      accept: expect.stringContaining("application/scim+json, application/json"),
      "accept-encoding": "identity",
    });
    expect(received[0]?.url).toBe("/Users");
  });

  test("Location and meta.location are never followed", async () => {
    const { client, received } = await startScriptedServer((_, response) =>
      sendJson(response, { id: "1", meta: { location: "http://127.0.0.1:1/Users/2" } }, 201, {
        location: "http://127.0.0.1:1/Users/2",
      }),
    );
    await client.users.create({});
    await client.users.get("1");
    expect(received.map(({ url }) => url)).toEqual(["/Users", "/Users/1"]);
  });
});

describe("ids", () => {
  test.each(["a@b.com", "Sales / EU #1?x=y", "..%2f", "名前", "1"])("%s is one path segment", async (id) => {
    const { client, received } = await startScriptedServer((_, response) => sendJson(response, { id }));
    expect((await client.users.get(id)).id).toBe(id);
    expect(received[0]?.url).toBe(`/Users/${encodeURIComponent(id)}`);
  });

  test.each(["", ".", ".."])("the id %o, which would name the collection, is never sent", async (id) => {
    const { client, received } = await startScriptedServer((_, response) => sendJson(response, { id: "1" }));
    await expect(client.users.deactivate(id)).rejects.toMatchObject({ kind: "invalid", sent: "no" });
    await expect(client.users.get(id)).rejects.toMatchObject({ kind: "invalid", sent: "no" });
    expect(received).toEqual([]);
  });

  test("a numeric id is kept as text", async () => {
    const { client } = await startScriptedServer((_, response) => sendJson(response, { id: 17 }));
    expect((await client.users.get("17")).id).toBe("17");
  });
});

describe("listings", () => {
  test("a server that caps its pages below the requested size is read to its end", async () => {
    const all = makeUsers(45);
    const { client, received } = await startScriptedServer(({ url }, response) =>
      sendJson(response, toListResponse(pageOf(all, url, 20), 45)),
    );
    expect(await readAll(client.users.list())).toEqual({ ids: all.map(({ id }) => id), error: null });
    expect(received.map(({ url }) => url)).toEqual(
      [1, 21, 41, 46].map((startIndex) => `/Users?startIndex=${startIndex}&count=100`),
    );
  });

  test("totalResults that is only the page size does not end the listing", async () => {
    const all = makeUsers(45);
    const { client } = await startScriptedServer(({ url }, response) =>
      sendJson(response, toListResponse(pageOf(all, url, 20))),
    );
    expect(await readAll(client.users.list())).toMatchObject({ ids: all.map(({ id }) => id), error: null });
  });

  test("a server that repeats page 1 past the end does not loop", async () => {
    const all = makeUsers(30);
    const { client, received } = await startScriptedServer(({ url }, response) => {
      const page = pageOf(all, url, 20);
      sendJson(response, toListResponse(page.length ? page : all.slice(0, 20), 30));
    });
    expect(await readAll(client.users.list())).toMatchObject({ ids: all.map(({ id }) => id), error: null });
    expect(received).toHaveLength(3);
  });

  test("a server that ignores startIndex yields its page once and then fails as incomplete", async () => {
    const first = makeUsers(20);
    const { client } = await startScriptedServer((_, response) =>
      sendJson(response, toListResponse(first, 250)),
    );
    const { ids, error } = await readAll(client.users.list());
    expect(ids).toHaveLength(20);
    expect(error).toMatchObject({ kind: "protocol", reason: "incomplete-listing" });
    expect(String(error)).toContain("20 of 250");
  });

  test("repeats are dropped, also within a page", async () => {
    const pages = [["1", "2", "2"], ["2", "3"], []];
    const { client } = await startScriptedServer((_, response) =>
      sendJson(response, toListResponse((pages.shift() ?? []).map((id) => ({ id })))),
    );
    expect(await readAll(client.users.list())).toEqual({ ids: ["1", "2", "3"], error: null });
  });

  test("a listing that ends early is not a snapshot, although a later page claims fewer", async () => {
    const pages = [toListResponse(makeUsers(3), 5), toListResponse([], 3)];
    const { client } = await startScriptedServer((_, response) => sendJson(response, pages.shift()));
    const { ids, error } = await readAll(client.users.list());
    expect(ids).toEqual(["1", "2", "3"]);
    expect(error).toMatchObject({ reason: "incomplete-listing" });
  });

  test("an endless listing ends at the cap, and fails", async () => {
    let next = 0;
    const { client, received } = await startScriptedServer(
      (_, response) => sendJson(response, toListResponse([{ id: String(next++) }])),
      { pagesMax: 3 },
    );
    const { ids, error } = await readAll(client.users.list());
    expect(ids).toEqual(["0", "1", "2"]);
    expect(error).toMatchObject({ reason: "incomplete-listing" });
    expect(received).toHaveLength(3);
  });

  test("Resources may be missing when there are none, and numbers may be text", async () => {
    const { schemas } = toListResponse([]);
    const { client } = await startScriptedServer((_, response) =>
      sendJson(response, { schemas, totalResults: "0" }),
    );
    expect(await readAll(client.groups.list())).toEqual({ ids: [], error: null });
  });

  test("a page reports the requested, claimed and received numbers", async () => {
    const pages = [["1", "1"], ["2"], []];
    const { client, received } = await startScriptedServer((_, response) =>
      sendJson(response, toListResponse((pages.shift() ?? []).map((id) => ({ id })))),
    );
    const seen = [];
    for await (const page of client.groups.list({ pageSize: 7, excludedAttributes: ["members"] })) {
      seen.push(page);
    }
    expect(seen).toEqual([
      { resources: [{ id: "1" }], startIndex: 1, totalResults: 2, received: 2 },
      { resources: [{ id: "2" }], startIndex: 3, totalResults: 1, received: 1 },
    ]);
    expect(received[0]?.url).toBe("/Groups?startIndex=1&count=7&excludedAttributes=members");
  });

  test("a user without an id makes a listing unusable", async () => {
    const { client } = await startScriptedServer((_, response) =>
      sendJson(response, toListResponse([{ id: "1" }, { userName: "a" }])),
    );
    expect((await readAll(client.users.list())).error).toMatchObject({ reason: "not-scim" });
  });

  test.each([
    ["200 {} to everything", {}],
    [
      "an error with status 200",
      { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], totalResults: 0 },
    ],
    ["a bare array", []],
  ])("the connection test refuses %s", async (_, body) => {
    const { client } = await startScriptedServer((_request, response) => sendJson(response, body));
    await expect(client.users.listOnce()).rejects.toMatchObject({ reason: "not-scim" });
  });

  test("the connection test takes an empty ListResponse", async () => {
    const { client, received } = await startScriptedServer((_, response) =>
      sendJson(response, toListResponse([])),
    );
    expect(await client.users.listOnce({ count: 1 })).toEqual({
      resources: [],
      totalResults: 0,
      itemsPerPage: 0,
    });
    expect(received[0]?.url).toBe("/Users?startIndex=1&count=1");
  });
});

describe("lookups", () => {
  test("userName eq is sent alone, with the value as a JSON string", async () => {
    const { client, received } = await startScriptedServer((_, response) =>
      sendJson(response, toListResponse([])),
    );
    await client.users.findByUserName('o"hara+1@example.com');
    await client.groups.findByDisplayName("Zürich & Söhne");
    expect(received.map(({ url }) => decodeURIComponent(url))).toEqual([
      '/Users?filter=userName eq "o\\"hara+1@example.com"',
      '/Groups?filter=displayName eq "Zürich & Söhne"&excludedAttributes=members',
    ]);
    expect(received[0]?.url).toContain("%2B1");
  });

  test("two hits for one name are both returned, never one of them", async () => {
    const two = [
      { id: "1", userName: "Ana@example.com" },
      { id: "2", userName: "ana@EXAMPLE.com " },
    ];
    const { client } = await startScriptedServer((_, response) => sendJson(response, toListResponse(two)));
    const matches = await client.users.findByUserName("ana@example.com");
    expect(matches).toEqual(two);
    expect(toMatch(matches)).toEqual({ found: "many", resources: two });
    expect(toMatch(matches.slice(1))).toEqual({ found: "one", resource: two[1] });
    expect(toMatch([])).toEqual({ found: "none" });
  });

  test("one name in two Unicode forms is one name", async () => {
    const user = { id: "1", userName: "zoe\u0308@example.com" };
    const { client } = await startScriptedServer((_, response) => sendJson(response, toListResponse([user])));
    expect(await client.users.findByUserName("ZO\u00cb@example.com")).toEqual([user]);
  });

  test('a server that ignores the filter does not count as "nobody found"', async () => {
    const { client } = await startScriptedServer((_, response) =>
      sendJson(response, toListResponse(makeUsers(20), 250)),
    );
    await expect(client.users.findByUserName("new@example.com")).rejects.toMatchObject({
      reason: "filter-ignored",
    });
    expect(await client.users.findByUserName("person7@example.com")).toMatchObject([{ id: "7" }]);
  });
});

test("a server that closes the connection after every answer still works", async () => {
  const { client, received } = await startScriptedServer((_, response) =>
    sendJson(response, { id: "1" }, 200, { connection: "close" }),
  );
  for (let times = 0; times < 3; times++) expect((await client.users.get("1")).id).toBe("1");
  expect(received).toHaveLength(3);
});

describe("a server's description of itself", () => {
  test("ServiceProviderConfig is read with its booleans in any spelling", async () => {
    const { client } = await startScriptedServer((_, response) =>
      sendJson(response, {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        patch: { supported: "True" },
        filter: { supported: true, maxResults: 200 },
        bulk: { supported: false },
      }),
    );
    expect(await client.serviceProviderConfig()).toEqual({
      patch: true,
      filter: true,
      filterResultsMax: 200,
      bulk: false,
      etag: false,
    });
  });

  test("ServiceProviderConfig that is a list of groups is refused", async () => {
    const { client } = await startScriptedServer((_, response) => sendJson(response, toListResponse([])));
    const error = await client.serviceProviderConfig().catch((thrown: unknown) => thrown);
    expect(isScimError(error) && error.kind === "protocol" && error.reason).toBe("not-scim");
  });
});

describe("a server that writes attribute names in a case of its own", () => {
  const folded = (json: unknown) =>
    JSON.parse(JSON.stringify(json).replace(/"(\w+)":/g, (_, name: string) => `"${name.toLowerCase()}":`));
  const ana = { ID: "7", username: "Ana@x.example", active: true };

  test("is understood: a create is answered, and found again by its name", async () => {
    const { client } = await startScriptedServer(({ method }, response) =>
      method === "POST" ? sendJson(response, ana, 201) : sendJson(response, folded(toListResponse([ana]))),
    );
    expect(await client.users.create({ userName: "ana@x.example" })).toMatchObject({
      id: "7",
      userName: "Ana@x.example",
    });
    expect(await client.users.findByUserName("ana@x.example")).toMatchObject([{ id: "7" }]);
    expect((await readAll(client.users.list())).ids).toEqual(["7"]);
  });

  test("tells what it supports", async () => {
    const config = {
      patch: { supported: true },
      filter: { supported: true, maxResults: 5 },
      bulk: {},
      etag: {},
    };
    const schemas = ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"];
    const { client } = await startScriptedServer((_, response) =>
      sendJson(response, folded({ schemas, ...config })),
    );
    expect(await client.serviceProviderConfig()).toMatchObject({
      patch: true,
      filter: true,
      filterResultsMax: 5,
    });
  });
});
