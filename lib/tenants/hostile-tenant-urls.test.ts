import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { request } from "undici";
import { createTenantDispatcher } from "@/lib/tenants/egress";
import { parseTenantUrl } from "@/lib/tenants/tenant-url";

/** Wrong and hostile values for a Tenant URL. "PORT" is a listener's on this machine. */
const hostileUrls = [
  // This machine and its neighbours, in every spelling that some parser reads as an address.
  "https://127.0.0.1:PORT/scim/v2",
  "https://127.1:PORT/scim/v2",
  "https://127.0.1:PORT/scim/v2",
  "https://2130706433:PORT/scim/v2",
  "https://0x7f000001:PORT/scim/v2",
  "https://0x7f.0.0.1:PORT/scim/v2",
  "https://0x7f.1:PORT/scim/v2",
  "https://0177.0.0.1:PORT/scim/v2",
  "https://017700000001:PORT/scim/v2",
  "https://127.0.0.1.:PORT/scim/v2",
  "https://0:PORT/scim/v2",
  "https://0.0.0.0:PORT/scim/v2",
  "https://１２７.０.０.１:PORT/scim/v2",
  "https://①②⑦.⓪.⓪.①:PORT/scim/v2",
  "https://127。0。0。1:PORT/scim/v2",
  "https://%31%32%37.0.0.1:PORT/scim/v2",
  "https://[::1]:PORT/scim/v2",
  "https://[0:0:0:0:0:0:0:1]:PORT/scim/v2",
  "https://[::]:PORT/scim/v2",
  "https://[::ffff:127.0.0.1]:PORT/scim/v2",
  "https://[::ffff:7f00:1]:PORT/scim/v2",
  "https://[::127.0.0.1]:PORT/scim/v2",
  "https://[64:ff9b::7f00:1]:PORT/scim/v2",
  "https://[2002:7f00:1::]:PORT/scim/v2",
  "https://[::1%25lo]:PORT/scim/v2",
  "https://[fe80::1%25eth0]:PORT/scim/v2",
  "https://169.254.169.254/scim/v2",
  "https://[fd00:ec2::254]/scim/v2",
  "https://10.0.0.1/scim/v2",
  "https://8.8.8.8/scim/v2",
  "https://[2001:4860:4860::8888]/scim/v2",
  // Names that are not the vendor's, or only partly.
  "https://localhost:PORT/scim/v2",
  "https://localhost.:PORT/scim/v2",
  "https://localhost.knowbe4.com.evil.example:PORT/scim/v2",
  "https://knowbe4.com.evil.example/scim/v2",
  "https://evilknowbe4.com/scim/v2",
  "https://knowbe4.com./scim/v2",
  "https://eu..knowbe4.com/scim/v2",
  "https://-eu.knowbe4.com/scim/v2",
  "https://eu_x.knowbe4.com/scim/v2",
  "https://knоwbe4.com/scim/v2",
  "https://xn--knwbe4-wqf.com/scim/v2",
  "https://KNOWBE4.COM.evil.example\\.knowbe4.com/scim/v2",
  "https://evil.example%2f.knowbe4.com/scim/v2",
  "https://%6bnowbe4.com/scim/v2",
  "https://eu.knowbe4.com。evil.example/scim/v2",
  `https://${"a".repeat(64)}.knowbe4.com/scim/v2`,
  `https://${"a.".repeat(125)}knowbe4.com/scim/v2`,
  // Parts that a Tenant URL never has.
  "https://eu.knowbe4.com@127.0.0.1:PORT/scim/v2",
  "https://127.0.0.1:PORT@eu.knowbe4.com/scim/v2",
  "https://user:password@eu.knowbe4.com/scim/v2",
  "https://eu.knowbe4.com:PORT/scim/v2",
  "https://eu.knowbe4.com:0443/scim/v2",
  "https://eu.knowbe4.com:/scim/v2",
  "https://eu.knowbe4.com:65979/scim/v2",
  "http://eu.knowbe4.com/scim/v2",
  "http://eu.knowbe4.com:443/scim/v2",
  "ftp://eu.knowbe4.com/scim/v2",
  "file:///scim/v2",
  "data:text/plain,https://eu.knowbe4.com/scim/v2",
  "//eu.knowbe4.com/scim/v2",
  "https:eu.knowbe4.com/scim/v2",
  "https:\\\\eu.knowbe4.com\\scim\\v2",
  "https://eu.knowbe4.com/scim/v2?next=https://evil.example",
  "https://eu.knowbe4.com/scim/v2#@evil.example",
  "https://eu.knowbe4.com/scim/v2/../../admin",
  "https://eu.knowbe4.com/scim/v2/%2e%2e/admin",
  "https://eu.knowbe4.com/scim/v2/..%2fadmin",
  "https://eu.knowbe4.com//evil.example/scim/v2",
  "https://eu.knowbe4.com/admin",
  "https://eu.knowbe4.com/scim/v2\r\nHost: evil.example",
  "https://eu.know\tbe4.com/scim/v2",
  "https://eu.knowbe4.com\0.evil.example/scim/v2",
  "https://eu.knowbe4.com /scim/v2",
  "https://eu.knowbe4\u00ad.com/scim/v2",
  "",
];

const rules = { loopback: false, hostSuffixes: ["knowbe4.com"] };

describe("a Tenant URL that leads elsewhere", () => {
  let listener: Server;
  let connections = 0;

  beforeAll(async () => {
    listener = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening));
  });

  afterAll(async () => {
    await new Promise((closed) => listener.close(closed));
  });

  function withPort(url: string): string {
    return url.replaceAll("PORT", String((listener.address() as AddressInfo).port));
  }

  test.each(hostileUrls)("is refused when it is saved: %j", (url) => {
    expect(parseTenantUrl(withPort(url), rules)).toMatchObject({ ok: false });
  });

  test.each(hostileUrls)("is refused when it is connected: %j", async (url) => {
    // The worst name server: it answers every name with this machine.
    const dispatcher = createTenantDispatcher({ loopback: false, lookup: async () => ["127.0.0.1"] });
    const send = async () => request(withPort(url), { dispatcher });
    const refused = await send().catch((error: unknown) => error);
    await dispatcher.close();
    const code = refused instanceof Error && "code" in refused ? refused.code : refused;
    // Text that is not an http URL at all never reaches the connector.
    expect(["EGRESS_REFUSED", "UND_ERR_INVALID_ARG", "ERR_INVALID_URL"]).toContain(code);
    expect(connections).toBe(0);
  });

  test("leaves a listener that could have been reached", async () => {
    const dispatcher = createTenantDispatcher({ loopback: true });
    await expect(request(withPort("http://127.0.0.1:PORT"), { dispatcher })).rejects.toThrow();
    await dispatcher.close();
    expect(connections).toBe(1);
  });
});
