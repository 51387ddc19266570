import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { Agent } from "undici";
import { describe, expect, onTestFinished, test } from "vitest";
import { createScimClient, type ScimClient, type ScimClientOptions } from "@/lib/scim/client";
import { EgressRefusedError } from "@/lib/scim/egress-refused-error";
import { isScimError, type ScimFailure } from "@/lib/scim/errors";
import { toNetworkFailure } from "@/lib/scim/network-failure";
import { scriptedToken, sendJson, startScriptedServer, toListResponse } from "@/lib/scim/scripted-server";

/** The error that a call ends with; anything but a ScimError fails the test. */
async function failureOf(call: Promise<unknown>): Promise<ScimFailure> {
  const error = await call.then(
    () => new Error("The call did not fail"),
    (thrown: unknown) => thrown,
  );
  if (!isScimError(error)) throw error;
  return error;
}

function connectTo(baseUrl: string, options: Partial<ScimClientOptions> = {}) {
  const client = createScimClient({ baseUrl, token: scriptedToken, ...options });
  onTestFinished(() => client.close());
  return client;
}

/** A TCP server whose only answer to any bytes is `act`. */
async function startTcpServer(act: (socket: Socket) => void, written: string[] = []): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on("error", () => sockets.delete(socket)));
    socket.once("data", () => act(socket)).on("data", (data) => written.push(String(data)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The address of a stopped server. */
async function findClosedPort(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe("an HTTP status", () => {
  test.each([
    [400, "invalid"],
    [401, "auth"],
    [403, "auth"],
    [404, "not-found"],
    [405, "invalid"],
    [408, "transient"],
    [409, "conflict"],
    [410, "not-found"],
    [412, "transient"],
    [413, "invalid"],
    [415, "invalid"],
    [422, "invalid"],
    [425, "transient"],
    [428, "invalid"],
    [429, "transient"],
    [500, "transient"],
    [501, "invalid"],
    [503, "transient"],
    [304, "protocol"],
  ])("%i is %s, and certainly answered", async (status, kind) => {
    const { client } = await startScriptedServer((_, response) => response.writeHead(status).end());
    expect(await failureOf(client.users.get("1"))).toMatchObject({ kind, status, sent: "answered" });
  });

  test.each([
    [
      "SCIM JSON",
      JSON.stringify({ detail: "userName is taken", scimType: "uniqueness" }),
      "userName is taken",
    ],
    ["another framework's JSON", JSON.stringify({ message: "Nope", status: "x" }), "Nope"],
    ["JSON without an explanation", JSON.stringify({ status: 409 }), "No explanation was given"],
    ["plain text", "Conflict\n\twith\u0000 1", "Conflict with 1"],
    ["nothing", "", "No explanation was given"],
    ["HTML", "<html><title>Gateway</title><p>stack</p></html>", "A web page: Gateway"],
  ])("409 with %s reports what it can", async (_, body, detail) => {
    const { client } = await startScriptedServer((_request, response) =>
      response.writeHead(409, { "content-type": "text/plain", "x-request-id": "req-7" }).end(body),
    );
    const failure = await failureOf(client.users.create({}));
    expect(failure).toMatchObject({
      kind: "conflict",
      detail,
      method: "POST",
      path: "/Users",
      requestId: "req-7",
    });
    expect(failure.message).toBe(`POST /Users answered 409: ${detail}`);
    expect(failure.kind === "conflict" && failure.scimType).toBe(
      body.includes("scimType") ? "uniqueness" : null,
    );
  });

  test("a long explanation is cut at 300 characters", async () => {
    const { client } = await startScriptedServer((_, response) =>
      response.writeHead(400).end("x".repeat(5_000)),
    );
    expect((await failureOf(client.users.create({}))).detail).toBe("x".repeat(300));
  });

  test("429 and 503 carry the wait the server asked for, under either name", async () => {
    const { client } = await startScriptedServer(({ url }, response) =>
      url.endsWith("/1")
        ? response.writeHead(429, { "x-retry-after": "7" }).end()
        : response.writeHead(503, { "retry-after": "9" }).end(),
    );
    expect(await failureOf(client.users.get("1"))).toMatchObject({
      reason: "rate-limited",
      retryAfterMs: 7_000,
    });
    expect(await failureOf(client.users.get("2"))).toMatchObject({ reason: "server", retryAfterMs: 9_000 });
  });

  test("429 without Retry-After gives no wait", async () => {
    const { client } = await startScriptedServer((_, response) => response.writeHead(429).end());
    expect(await failureOf(client.users.get("1"))).toMatchObject({ retryAfterMs: undefined });
  });

  test("a redirect is refused, and its target is not visited", async () => {
    const { client, received, baseUrl } = await startScriptedServer((_, response) =>
      response.writeHead(302, { location: `${baseUrl}/elsewhere?token=1` }).end(),
    );
    const failure = await failureOf(client.users.get("1"));
    expect(failure).toMatchObject({ kind: "protocol", reason: "redirect", status: 302 });
    expect(failure.detail).toContain(`${baseUrl}/elsewhere`);
    expect(failure.detail).not.toContain("?");
    expect(received).toHaveLength(1);
  });
});

describe("an answer that is not SCIM", () => {
  test.each([
    ["a login page", "<!doctype html><title>Sign in</title>", "received a web page"],
    ["broken JSON", '{"id":', "not valid JSON"],
    ["JSON nested past all use", `${"[".repeat(50_000)}${"]".repeat(50_000)}`, "not valid JSON"],
    ["nothing", "", "received nothing"],
  ])("%s with status 200 is a protocol error", async (_, body, detail) => {
    const { client } = await startScriptedServer((_request, response) => response.writeHead(200).end(body));
    const failure = await failureOf(client.users.get("1"));
    expect(failure).toMatchObject({ kind: "protocol", reason: "not-scim", status: 200 });
    expect(failure.detail).toContain(detail);
  });

  test.each([
    ["an unfinished title, repeated", `<html>${"<title".repeat(800_000)}`, "A web page"],
    ["blanks", " ".repeat(5_000_000), "No explanation was given"],
    ["one word", "x".repeat(5_000_000), "x".repeat(300)],
    [
      "blanks, and a token that is cut in half",
      `${" ".repeat(16_370)}${scriptedToken}`,
      "No explanation was given",
    ],
  ])("five megabytes of %s in a refusal cost nobody else their time", async (_, body, detail) => {
    const { client } = await startScriptedServer((_request, response) => response.writeHead(400).end(body));
    expect((await failureOf(client.users.create({}))).detail).toBe(detail);
  });

  test("a PATCH answered by a web page is a protocol error and not a success", async () => {
    const { client } = await startScriptedServer((_, response) =>
      response.writeHead(200).end("<html></html>"),
    );
    expect(await failureOf(client.users.deactivate("1"))).toMatchObject({ reason: "not-scim" });
  });

  test("an answer over the limit is dropped, and the client continues", async () => {
    const { client } = await startScriptedServer(
      ({ url }, response) => sendJson(response, url.endsWith("/1") ? "x".repeat(50_000) : { id: "2" }),
      { responseBytesMax: 10_000 },
    );
    expect(await failureOf(client.users.get("1"))).toMatchObject({ reason: "too-large", sent: "answered" });
    expect((await client.users.get("2")).id).toBe("2");
  });

  test("a server that does not speak HTTP is a protocol error", async () => {
    const client = connectTo(await startTcpServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n")));
    expect(await failureOf(client.users.get("1"))).toMatchObject({ reason: "not-scim", status: null });
  });
});

describe("how far a request got", () => {
  test("a refused connection was certainly not sent", async () => {
    const client = connectTo(await findClosedPort());
    const failure = await failureOf(client.users.create({}));
    expect(failure).toMatchObject({ kind: "transient", reason: "network", sent: "no", status: null });
    expect(failure.detail).toContain("ECONNREFUSED");
  });

  test("a name that does not resolve was certainly not sent", async () => {
    const client = connectTo("http://tenant.invalid/scim/v2");
    expect(await failureOf(client.users.create({}))).toMatchObject({ reason: "network", sent: "no" });
  });

  test("a connection cut after the request was written may have taken effect", async () => {
    const client = connectTo(await startTcpServer((socket) => socket.resetAndDestroy()));
    expect(await failureOf(client.users.create({}))).toMatchObject({ reason: "network", sent: "maybe" });
  });

  test("silence after the request was written may have taken effect", async () => {
    const { client } = await startScriptedServer(() => {}, { headersTimeoutMs: 50 });
    expect(await failureOf(client.users.create({}))).toMatchObject({ reason: "timeout", sent: "maybe" });
  });

  test("a body that never ends is stopped by the total, with its status known", async () => {
    const { client } = await startScriptedServer(
      (_, response) => response.writeHead(201, { "content-length": "99" }).write("{"),
      { totalTimeoutMs: 200 },
    );
    expect(await failureOf(client.users.create({}))).toMatchObject({
      kind: "transient",
      reason: "timeout",
      status: 201,
      sent: "answered",
    });
  });

  test("a refusal with a truncated body is still that refusal", async () => {
    const { client } = await startScriptedServer((_, response) => {
      response.writeHead(401, { "content-length": "99" }).write("{");
      setImmediate(() => response.destroy());
    });
    expect(await failureOf(client.users.create({}))).toMatchObject({ kind: "auth", status: 401 });
  });

  test("the caller's abort is transient and says what it left behind", async () => {
    const controller = new AbortController();
    const { client, context, exchanges } = await startScriptedServer(() => controller.abort());
    const failure = await failureOf(client.users.create({}, { ...context, signal: controller.signal }));
    expect(failure).toMatchObject({ kind: "transient", reason: "aborted", sent: "maybe" });
    expect(exchanges).toMatchObject([{ status: null, error: failure.message }]);
  });

  test("a call that was aborted before it began sends nothing and records nothing", async () => {
    const { client, context, exchanges, received } = await startScriptedServer(() => {});
    const failure = await failureOf(client.users.create({}, { ...context, signal: AbortSignal.abort() }));
    expect(failure).toMatchObject({ reason: "aborted", sent: "no" });
    expect([...exchanges, ...received]).toEqual([]);
  });

  test("a request that still waits for a connection when it is aborted was certainly not sent", async () => {
    const controller = new AbortController();
    const held: (() => void)[] = [];
    const { client, received } = await startScriptedServer(
      ({ url }, response) => held.push(() => sendJson(response, { id: url.split("/").at(-1) })),
      { connections: 1 },
    );
    const first = client.users.get("1");
    await expect.poll(() => received.length).toBe(1);
    const second = failureOf(client.users.create({}, { signal: controller.signal }));
    controller.abort();
    expect(await second).toMatchObject({ reason: "aborted", sent: "no" });
    for (const release of held.splice(0)) release();
    await first;
    const third = client.users.get("3");
    await expect.poll(() => held.length).toBe(1);
    for (const release of held) release();
    await third;
    expect(received.map(({ url }) => url)).toEqual(["/Users/1", "/Users/3"]);
  });
});

describe("which hosts get the token", () => {
  test("an address that the dispatcher's guard refuses is never reached", async () => {
    const dispatcher = new Agent({
      connect: (_, callback) => callback(new EgressRefusedError("10.0.0.1 is not a public address"), null),
    });
    onTestFinished(() => dispatcher.close());
    const { client, received } = await startScriptedServer(() => {}, { dispatcher });
    const failure = await failureOf(client.users.create({}));
    expect(failure).toMatchObject({ kind: "protocol", reason: "egress", sent: "no" });
    expect(failure.detail).toContain("10.0.0.1 is not a public address");
    expect(received).toEqual([]);
  });

  test("a failed TLS handshake stops the request before the token", async () => {
    const written: string[] = [];
    const plain = await startTcpServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"), written);
    const client = connectTo(plain.replace("http:", "https:"));
    const failure = await failureOf(client.users.create({}));
    expect(failure).toMatchObject({ kind: "protocol", reason: "tls", sent: "no", status: null });
    expect(written.join("")).not.toContain("Bearer");
  });

  test.each([
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "protocol", "tls"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "protocol", "tls"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "protocol", "tls"],
    ["CERT_HAS_EXPIRED", "protocol", "tls"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "protocol", "tls"],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "protocol", "tls"],
    ["UND_ERR_CONNECT_TIMEOUT", "transient", "timeout"],
    ["EHOSTUNREACH", "transient", "network"],
    ["HPE_INVALID_EOF_STATE", "transient", "network"],
    ["HPE_INVALID_CONSTANT", "protocol", "not-scim"],
  ])("%s is %s %s, also as the cause of a cause", (code, kind, reason) => {
    const inner = Object.assign(new Error("inner"), { code });
    const cause = new AggregateError([new Error("outer", { cause: inner })]);
    const facts = { method: "GET", path: "/Users", status: null, requestId: null, sent: "no" as const };
    expect(toNetworkFailure(cause, null, facts, String)).toMatchObject({ kind, reason });
  });

  test.each(["ftp://host/scim", "https://user:pass@host/scim", "https://host/scim?x=1", "nonsense"])(
    "%s is not a base URL",
    (baseUrl) => {
      expect(() => createScimClient({ baseUrl, token: scriptedToken })).toThrow(TypeError);
    },
  );

  test("a token that is not valid in a header is refused without being repeated", () => {
    const token = "secret\r\nx-evil: 1";
    const create = () => createScimClient({ baseUrl: "https://host", token });
    expect(create).toThrow(TypeError);
    expect(create).not.toThrow(/secret/);
  });

  test("a trailing slash of the base URL is not doubled", async () => {
    const { baseUrl, received } = await startScriptedServer((_, response) =>
      sendJson(response, toListResponse([])),
    );
    await connectTo(`${baseUrl}/`).users.listOnce();
    expect(received[0]?.url).toMatch(/^\/Users\?/);
  });
});

describe("an answer about another resource than the one asked for", () => {
  const other = { id: "2", active: false, userName: "bob@example.com" };

  test.each<[string, (client: ScimClient) => Promise<unknown>]>([
    ["a person read", (client) => client.users.get("1")],
    ["a group read", (client) => client.groups.get("1")],
    ["a person written", (client) => client.users.deactivate("1")],
    ["a group written", (client) => client.groups.addMembers("1", ["9"])],
  ])("is an error: %s", async (_name, ask) => {
    const { client } = await startScriptedServer((_, response) => sendJson(response, other));
    expect(await failureOf(ask(client))).toMatchObject({
      kind: "protocol",
      reason: "other-resource",
      sent: "answered",
    });
  });

  test("is none where a number stands for the same id", async () => {
    const { client } = await startScriptedServer((_, response) => sendJson(response, { id: 1 }));
    expect(await client.users.get("1")).toEqual({ id: "1" });
  });
});
