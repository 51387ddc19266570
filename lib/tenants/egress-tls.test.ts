import { Buffer } from "node:buffer";
import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createServer } from "node:https";
import { getCACertificates, setDefaultCACertificates, type TlsOptions } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { request } from "undici";
import { createTenantDispatcher } from "@/lib/tenants/egress";

const day = 86_400_000;
const authority = createIdentity({ name: "Test authority" });
const trusted = getCACertificates("default");

// Trusted by this process like the system's roots, so that no refusal is due to the root.
beforeAll(() => setDefaultCACertificates([...trusted, authority.cert]));
afterAll(() => setDefaultCACertificates([...trusted]));
afterEach(() => vi.unstubAllEnvs());

describe("a tenant's TLS", () => {
  test("is accepted from a server with a certificate for its name", async () => {
    expect(await connectTo(createIdentity({ name: "localhost", issuer: authority }))).toBe("connected");
  });

  test("is refused from a self-signed server, even if Node is configured not to verify", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    // Node warns about the variable, used or not.
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    expect(await connectTo(createIdentity({ name: "localhost" }))).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  test("is refused from a server whose certificate has expired", async () => {
    const expired = createIdentity({ name: "localhost", issuer: authority, validForDays: -1 });
    expect(await connectTo(expired)).toBe("CERT_HAS_EXPIRED");
  });

  test("is refused from a server with a certificate for another tenant's host", async () => {
    const other = createIdentity({ name: "eu.knowbe4.com", issuer: authority });
    expect(await connectTo(other)).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  });

  test("is refused from a server that speaks TLS 1.1", async () => {
    const identity = createIdentity({ name: "localhost", issuer: authority });
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    expect(await connectTo({ ...identity, ...old })).toMatch(/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/);
  });
});

test("a TLS session is not resumed by the next connection", async () => {
  const identity = createIdentity({ name: "localhost", issuer: authority });
  const resumed: boolean[] = [];
  await withServer(identity, resumed, async (url) => {
    const dispatcher = createTenantDispatcher({ loopback: true, lookup: async () => ["127.0.0.1"] });
    for (let sent = 0; sent < 2; sent += 1)
      await (await request(url, { dispatcher, reset: true })).body.dump();
    await dispatcher.close();
  });
  expect(resumed).toEqual([false, false]);
});

/** "connected", or the error code of a request to such a server. */
async function connectTo(options: TlsOptions): Promise<unknown> {
  let outcome: unknown = "connected";
  await withServer(options, [], async (url) => {
    const dispatcher = createTenantDispatcher({ loopback: true, lookup: async () => ["127.0.0.1"] });
    try {
      await (await request(url, { dispatcher })).body.dump();
    } catch (error) {
      outcome = error instanceof Error && "code" in error ? error.code : error;
    }
    await dispatcher.destroy();
  });
  return outcome;
}

async function withServer(
  options: TlsOptions,
  resumed: boolean[],
  visit: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer(options, (_incoming, response) => response.end());
  server.on("secureConnection", (socket) => resumed.push(socket.isSessionReused()));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  await visit(`https://localhost:${(server.address() as AddressInfo).port}/`);
  await new Promise((closed) => server.close(closed));
}

interface Identity {
  readonly cert: string;
  readonly key: string;
}

interface IdentityRequest {
  readonly name: string;
  /** Signs the certificate; without one it is a root and signs itself. */
  readonly issuer?: Identity & { readonly name: string; readonly privateKey: KeyObject };
  readonly validForDays?: number;
}

/**
 * A key and its X.509 certificate (RFC 5280 section 4.1) in hand-written DER, because Node cannot make one. So the test
 * needs no program on the machine, and the repository holds no private key and no expiry date.
 */
function createIdentity({ name, issuer, validForDays = 1 }: IdentityRequest) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = der(0x30, oid("2a8648ce3d040302"));
  const until = Date.now() + validForDays * day;
  const body = der(
    0x30,
    der(0xa0, integer(2)),
    integer(Math.trunc(until / 1000) % 0x7fffffff),
    ecdsaWithSha256,
    toName(issuer?.name ?? name),
    der(0x30, toTime(until - 2 * day), toTime(until)),
    toName(name),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(0x30, ...(issuer === undefined ? [toAuthorityMark()] : [toHostNames(name)]))),
  );
  const signature = sign("sha256", body, issuer?.privateKey ?? privateKey);
  const certificate = der(0x30, body, ecdsaWithSha256, der(0x03, Buffer.of(0), signature));
  const cert = `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`;
  return { name, privateKey, cert, key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

function toName(commonName: string): Buffer {
  return der(0x30, der(0x31, der(0x30, oid("550403"), der(0x0c, Buffer.from(commonName)))));
}

function toHostNames(name: string): Buffer {
  return der(0x30, oid("551d11"), der(0x04, der(0x30, der(0x82, Buffer.from(name)))));
}

/** Basic constraints, critical, CA true. */
function toAuthorityMark(): Buffer {
  const mark = der(0x04, der(0x30, der(0x01, Buffer.of(0xff))));
  return der(0x30, oid("551d13"), der(0x01, Buffer.of(0xff)), mark);
}

function toTime(timeMs: number): Buffer {
  return der(0x18, Buffer.from(`${new Date(timeMs).toISOString().replace(/[-:T]|\..*/g, "")}Z`));
}

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return der(0x02, bytes.subarray(value < 0x80 ? 3 : 0));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

/** Tag, length, content (X.690 section 8.1); lengths up to 65,535. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
