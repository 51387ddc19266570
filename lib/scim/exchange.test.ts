import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createTextCleaner } from "@/lib/scim/clean-text";
import { scriptedToken, sendJson, startScriptedServer } from "@/lib/scim/scripted-server";

test("an exchange is recorded once, with its request and its answer", async () => {
  const { client, context, exchanges } = await startScriptedServer((_, response) =>
    sendJson(response, { id: "1", userName: "a@b.com" }, 201, { "x-request-id": "req-1" }),
  );
  const before = new Date();
  await client.users.create({ userName: "a@b.com" }, context);
  expect(exchanges).toEqual([
    {
      method: "POST",
      path: "/Users",
      requestBody: '{"userName":"a@b.com"}',
      status: 201,
      responseBody: '{"id":"1","userName":"a@b.com"}',
      requestId: "req-1",
      startedAt: expect.any(Date),
      durationMs: expect.any(Number),
      error: null,
    },
  ]);
  expect(exchanges[0]?.startedAt.getTime()).toBeGreaterThanOrEqual(before.getTime());
});

test("a 2xx that is not SCIM is recorded once, as an error with its status", async () => {
  const { client, context, exchanges } = await startScriptedServer((_, response) => sendJson(response, {}));
  await expect(client.users.get("1", context)).rejects.toThrow();
  expect(exchanges).toMatchObject([{ status: 200, responseBody: "{}", requestBody: null }]);
  expect(exchanges[0]?.error).toContain("a resource with an id");
});

test("every page of a listing and every block of members is an exchange", async () => {
  const { client, context, exchanges } = await startScriptedServer((_, response) =>
    response.writeHead(204).end(),
  );
  const ids = Array.from({ length: 150 }, (_, index) => String(index));
  await client.groups.addMembers("g", ids, context);
  expect(exchanges).toHaveLength(2);
});

test("a recorded answer is cut at 2,000 characters", async () => {
  const { client, context, exchanges } = await startScriptedServer((_, response) =>
    sendJson(response, { id: "1", title: "x".repeat(9_000) }),
  );
  expect((await client.users.get("1", context)).title).toHaveLength(9_000);
  expect(exchanges[0]?.responseBody).toHaveLength(2_000);
});

test("a server that echoes the token gets it neither into a record nor into an error", async () => {
  const escaped = [...scriptedToken].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const echoes = (header: string) => [
    header,
    JSON.stringify({ detail: header, schemas: [header] }),
    `{"detail":"${escaped.join("")}"}`,
    header.replace("-", "\u200b-\u0000"),
    encodeURIComponent(header),
    btoa(scriptedToken),
  ];
  let turn = 0;
  const { client, context, exchanges, received } = await startScriptedServer(({ headers }, response) => {
    const header = headers.authorization ?? "";
    const body = echoes(header)[turn++] ?? "";
    response.writeHead(400, { "x-request-id": header, location: `https://x/${header}` }).end(body);
  });
  const errors: unknown[] = [];
  for (let times = 0; times < 6; times++) {
    await client.users.findByUserName(scriptedToken, context).catch((error: unknown) => errors.push(error));
  }
  expect(received.map(({ headers }) => headers.authorization)).toEqual(
    Array(6).fill(`Bearer ${scriptedToken}`),
  );
  expect(errors).toHaveLength(6);
  const seen = [
    inspect(errors, { depth: 9 }),
    JSON.stringify(errors),
    JSON.stringify(exchanges),
    String(errors),
  ];
  for (const text of seen) {
    for (const spelling of [scriptedToken, encodeURIComponent(scriptedToken), btoa(scriptedToken)]) {
      expect(text).not.toContain(spelling);
    }
  }
  expect(exchanges[0]?.responseBody).toBe("Bearer [token]");
});

test("a client never prints its token", async () => {
  const { client } = await startScriptedServer(() => {});
  const shown = inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client) + String(client);
  expect(shown).not.toContain(scriptedToken);
});

test("text that contains the token is cleaned of it", () => {
  const clean = createTextCleaner(scriptedToken);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
      expect(clean(`${before}${scriptedToken}${after}`, 10_000)).not.toContain(scriptedToken);
    }),
  );
});
