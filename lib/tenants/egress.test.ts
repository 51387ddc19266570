import { createServer, type Server } from "node:http";
import { Socket, type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { request, type Dispatcher } from "undici";
import { createTenantDispatcher, type EgressOptions } from "@/lib/tenants/egress";

let server: Server;
let connections: number;
let dispatchers: Dispatcher[];

beforeEach(async () => {
  connections = 0;
  dispatchers = [];
  server = createServer((incoming, response) => response.end(incoming.headers.host));
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(dispatchers.map((dispatcher) => dispatcher.destroy()));
  await new Promise((closed) => server.close(closed));
});

function toUrl(host: string, scheme = "http"): string {
  return `${scheme}://${host}:${(server.address() as AddressInfo).port}/`;
}

async function send(url: string, options: EgressOptions): Promise<string> {
  const dispatcher = createTenantDispatcher(options);
  dispatchers.push(dispatcher);
  const { body } = await request(url, { dispatcher });
  return body.text();
}

const egressRefused = { code: "EGRESS_REFUSED" };

describe("a tenant's dispatcher", () => {
  test("reaches a server on this machine by http when loopback is allowed", async () => {
    const { host } = new URL(toUrl("127.0.0.1"));
    expect(await send(toUrl("127.0.0.1"), { loopback: true })).toBe(host);
    expect(await send(toUrl("localhost"), { loopback: true })).toContain("localhost:");
    expect(connections).toBe(2);
  });

  test.each(["127.0.0.1", "localhost", "[::1]"])("does not reach %s otherwise", async (host) => {
    await expect(send(toUrl(host), { loopback: false })).rejects.toMatchObject(egressRefused);
    await expect(send(toUrl(host, "https"), { loopback: false })).rejects.toMatchObject(egressRefused);
    expect(connections).toBe(0);
  });

  test("keeps a connection for the next request", async () => {
    const dispatcher = createTenantDispatcher({ loopback: true, connections: 1 });
    dispatchers.push(dispatcher);
    for (let sent = 0; sent < 3; sent += 1)
      await (await request(toUrl("127.0.0.1"), { dispatcher })).body.dump();
    expect(connections).toBe(1);
  });

  test.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2606:4700::1%lo",
    "0177.0.0.1",
    "2130706433",
    "0x7f.1",
    "127.1",
    "not-an-address",
    "",
  ])("refuses a name when one of its addresses is %j", async (address) => {
    const lookup = async () => ["93.184.215.14", address];
    await expect(send("https://eu.knowbe4.com/", { loopback: false, lookup })).rejects.toMatchObject(
      egressRefused,
    );
    await expect(send("https://eu.knowbe4.com/", { loopback: true, lookup })).rejects.toMatchObject(
      egressRefused,
    );
  });

  test("refuses a name without addresses", async () => {
    const options = { loopback: false, lookup: async () => [] };
    await expect(send("https://eu.knowbe4.com/", options)).rejects.toMatchObject(egressRefused);
  });

  test("does not accept a public name for this machine because loopback is allowed", async () => {
    const options = { loopback: true, lookup: async () => ["127.0.0.1"] };
    await expect(send(toUrl("eu.knowbe4.com"), options)).rejects.toMatchObject(egressRefused);
    await expect(send(toUrl("localhost.evil.example"), options)).rejects.toMatchObject(egressRefused);
    expect(connections).toBe(0);
  });

  test.each(["http://eu.knowbe4.com/", "https://eu.knowbe4.com:8443/", "http://eu.knowbe4.com:443/"])(
    "reaches the internet only by https on port 443: not %s",
    async (url) => {
      const options = { loopback: true, lookup: async () => ["93.184.215.14"] };
      await expect(send(url, options)).rejects.toMatchObject(egressRefused);
    },
  );
});

describe("a name server that changes its answer", () => {
  test("is asked again for each connection, and refused from then on", async () => {
    const answers = [["127.0.0.1"], ["10.0.0.1"]];
    const dispatcher = createTenantDispatcher({ loopback: true, lookup: async () => answers.shift() ?? [] });
    dispatchers.push(dispatcher);
    const url = toUrl("localhost");
    await (await request(url, { dispatcher, reset: true })).body.dump();
    await expect(request(url, { dispatcher })).rejects.toMatchObject(egressRefused);
    expect(connections).toBe(1);
  });

  test("is not asked between the check and the connection", async () => {
    let asked = 0;
    // Judged as 127.0.0.2; a second answer would lead to the listening server.
    const lookup = async () => [asked++ === 0 ? "127.0.0.2" : "127.0.0.1"];
    const options = { loopback: true, lookup, connectTimeoutMs: 1_000 };
    await expect(send(toUrl("localhost"), options)).rejects.toThrow();
    expect([asked, connections]).toEqual([1, 0]);
  });
});

describe("a network that leads a public address to a private one", () => {
  test("is detected by the socket's peer before TLS sends a byte", async () => {
    let received = 0;
    server.on("connection", (socket) => socket.on("data", (data) => (received += data.length)));
    const { port } = server.address() as AddressInfo;
    const connect = Socket.prototype.connect;
    // A real connection to another address than the requested one, as address translation would make it.
    const rerouted = vi.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket) {
      Reflect.apply(connect, this, [port, "127.0.0.1"]);
      return this;
    });
    const options = { loopback: false, lookup: async () => ["93.184.215.14"] };
    await expect(send("https://eu.knowbe4.com/", options)).rejects.toMatchObject(egressRefused);
    rerouted.mockRestore();
    expect([connections, received]).toEqual([1, 0]);
  });
});

test("a proxy named in the environment is not used", async () => {
  const direct = toUrl("127.0.0.1");
  const proxy = createServer((_incoming, response) => response.end("by proxy"));
  proxy.on("connect", (_incoming, socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n"));
  await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"])
    vi.stubEnv(name, proxyUrl);
  vi.stubEnv("NODE_USE_ENV_PROXY", "1");
  vi.stubEnv("NO_PROXY", "");
  expect(await send(direct, { loopback: true })).toBe(new URL(direct).host);
  await new Promise((closed) => proxy.close(closed));
});

test("a name server that never answers ends in a time-out, not in a hanging run", async () => {
  const options = { loopback: false, connectTimeoutMs: 20, lookup: () => new Promise<string[]>(() => {}) };
  await expect(send("https://eu.knowbe4.com/", options)).rejects.toMatchObject({
    code: "UND_ERR_CONNECT_TIMEOUT",
  });
});
