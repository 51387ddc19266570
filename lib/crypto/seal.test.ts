import { Buffer } from "node:buffer";
import { inspect } from "node:util";
import fc from "fast-check";
import { FlattenedEncrypt, type CompactJWEHeaderParameters } from "jose";
import { describe, expect, test } from "vitest";
import { generateOkpPrivateJwk, toPublicJwk, toPublicKeyObject } from "@/lib/crypto/okp-jwk";
import { openToken } from "@/lib/crypto/open";
import { sealToken } from "@/lib/crypto/seal";
import { SealBrokenError, type SealBrokenReason } from "@/lib/crypto/seal-broken-error";
import { Secret } from "@/lib/crypto/secret";
import { toBindingText } from "@/lib/crypto/token-binding";
import { propertyRuns } from "@/test/run-length";

const privateKey = generateOkpPrivateJwk("X25519");
const publicKey = toPublicJwk(privateKey);
const keyring = new Map([[privateKey.kid, privateKey]]);
const binding = { tenantId: "tenant-a", credentialId: "credential-1" };
const canary = "canary-token";

async function seal(): Promise<Record<string, string>> {
  const parts: unknown = JSON.parse(await sealToken(publicKey, new Secret(canary), binding));
  return parts as Record<string, string>;
}

async function expectRefused(sealed: string, reason?: SealBrokenReason, as = binding): Promise<void> {
  const refused: unknown = await openToken(keyring, sealed, as).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(SealBrokenError);
  expect(String((refused as SealBrokenError).stack)).not.toContain(canary);
  if (reason !== undefined) expect(refused).toMatchObject({ reason });
}

describe("a sealed token", () => {
  test("opens to the same text for its tenant and row, whatever the text", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 3_000 });
    await fc.assert(
      fc.asyncProperty(text, async (token) => {
        const sealed = await sealToken(publicKey, new Secret(token), binding);
        expect((await openToken(keyring, sealed, binding)).reveal()).toBe(token);
      }),
    );
  });

  test("does not show the token, nor whether two tokens are the same", async () => {
    const [one, two] = [await seal(), await seal()];
    expect(JSON.stringify(one)).not.toContain(canary);
    expect(Object.values(one).map((part) => Buffer.from(part, "base64url").toString())).not.toContain(canary);
    for (const part of ["iv", "ciphertext", "tag", "encrypted_key"]) expect(one[part]).not.toBe(two[part]);
  });

  test("is refused when any one byte of it is changed", async () => {
    const sealed = await sealToken(publicKey, new Secret(canary), binding);
    for (let at = 0; at < sealed.length; at += 1) {
      const bytes = Buffer.from(sealed);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      await expectRefused(bytes.toString("latin1"));
    }
    const change = fc.tuple(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 127 }));
    await fc.assert(
      fc.asyncProperty(change, async ([at, mask]) => {
        const bytes = Buffer.from(sealed);
        bytes[at] = (bytes[at] ?? 0) ^ mask;
        await expectRefused(bytes.toString("latin1"));
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  test("is refused in another tenant's row and in another row of its tenant", async () => {
    const sealed = JSON.stringify(await seal());
    await expectRefused(sealed, "binding", { ...binding, tenantId: "tenant-b" });
    await expectRefused(sealed, "binding", { ...binding, credentialId: "credential-2" });
  });

  test("is refused when its binding is edited to the row it was copied to", async () => {
    const other = { ...binding, tenantId: "tenant-b" };
    const aad = Buffer.from(toBindingText(other)).toString("base64url");
    await expectRefused(JSON.stringify({ ...(await seal()), aad }), "integrity", other);
  });

  test("is not made or opened for an id that could be read as two parts", async () => {
    const forged = { tenantId: "a|scim-token|b", credentialId: "c" };
    await expect(sealToken(publicKey, new Secret(canary), forged)).rejects.toMatchObject({
      reason: "binding",
    });
    await expectRefused(JSON.stringify(await seal()), "binding", forged);
  });

  test.each([
    ["tag", 4],
    ["tag", 8],
    ["tag", 12],
    ["tag", 15],
    ["tag", 17],
    ["iv", 11],
    ["iv", 13],
    ["iv", 16],
    ["encrypted_key", 32],
    ["encrypted_key", 48],
  ])("is refused with %s of %i bytes", async (part, size) => {
    const parts = await seal();
    const bytes = Buffer.alloc(size, Buffer.from(parts[part] ?? "", "base64url"));
    await expectRefused(JSON.stringify({ ...parts, [part]: bytes.toString("base64url") }), "malformed");
  });

  test("is refused in every other spelling of the same bytes", async () => {
    const parts = await seal();
    const sealed = JSON.stringify(parts);
    const { tag, ...untagged } = parts;
    const spellings = [
      ` ${sealed}`,
      JSON.stringify(parts, null, 1),
      sealed.replace('"iv"', '"\\u0069v"'),
      sealed.replace(/}$/, `,"tag":"${tag}"}`),
      JSON.stringify({ tag, ...untagged }),
      JSON.stringify({ ...parts, tag: `${tag}==` }),
      // 16 bytes leave four unused bits in the last of 22 characters; this one sets them.
      JSON.stringify({
        ...parts,
        tag: tag?.replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
      }),
      JSON.stringify({ ...parts, unprotected: {} }),
      JSON.stringify({ ...parts, header: { kid: privateKey.kid } }),
      JSON.stringify({ ...parts, iv: 12 }),
      JSON.stringify(untagged),
      JSON.stringify([parts]),
    ];
    for (const spelling of spellings) await expectRefused(spelling, "malformed");
  });

  test.each(["", "null", "{}", "[]", '"text"', "plain-token", "eyJhbGciOiJkaXIifQ..a.b.c", "{"])(
    "is not this text in the row: %j",
    async (text) => expectRefused(text, "malformed"),
  );
});

describe("a sealed token whose header asks for something else", () => {
  test.each([
    ["alg dir", { alg: "dir" }, "algorithm"],
    ["a weaker wrapping", { alg: "ECDH-ES+A128KW" }, "algorithm"],
    ["a weaker cipher", { enc: "A128GCM" }, "algorithm"],
    ["compression", { zip: "DEF" }, "algorithm"],
    ["an extension", { crit: ["b64"], b64: true }, "algorithm"],
    ["party information", { apu: "YQ" }, "algorithm"],
    ["a key by URL", { jku: "https://evil.example" }, "algorithm"],
    ["an unknown key", { kid: "unknown" }, "key"],
    ["a key's name that is no text", { kid: 1 }, "algorithm"],
  ] as const)("is refused: %s", async (_what, change, reason) => {
    const parts = await seal();
    const header: object = JSON.parse(Buffer.from(parts.protected ?? "", "base64url").toString());
    const edited = Buffer.from(JSON.stringify({ ...header, ...change })).toString("base64url");
    await expectRefused(JSON.stringify({ ...parts, protected: edited }), reason);
  });

  test("is refused although it was correctly sealed that way with the public key", async () => {
    async function sealAs(header: Partial<CompactJWEHeaderParameters>, key?: Uint8Array): Promise<string> {
      const jwe = await new FlattenedEncrypt(Buffer.from(canary))
        .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM", kid: publicKey.kid, ...header })
        .setAdditionalAuthenticatedData(Buffer.from(toBindingText(binding)))
        .encrypt(key ?? toPublicKeyObject(publicKey));
      const { protected: sealedHeader, encrypted_key = "", aad, iv, ciphertext, tag } = jwe;
      return JSON.stringify({ protected: sealedHeader, encrypted_key, aad, iv, ciphertext, tag });
    }
    await expectRefused(await sealAs({ alg: "ECDH-ES+A128KW" }), "algorithm");
    await expectRefused(await sealAs({ enc: "A192GCM" }), "malformed");
    await expectRefused(await sealAs({ alg: "dir" }, new Uint8Array(32)), "malformed");
    await expectRefused(await sealAs({ zip: "DEF" }), "algorithm");
    expect((await openToken(keyring, await sealAs({}), binding)).reveal()).toBe(canary);
  });
});

describe("a keyring", () => {
  test("opens what was sealed to an earlier key, and nothing sealed to a key it lacks", async () => {
    const later = generateOkpPrivateJwk("X25519");
    const sealed = JSON.stringify(await seal());
    const rotated = new Map([[later.kid, later], ...keyring]);
    expect((await openToken(rotated, sealed, binding)).reveal()).toBe(canary);
    const opened = openToken(new Map([[later.kid, later]]), sealed, binding);
    await expect(opened).rejects.toMatchObject({ reason: "key" });
  });

  test("does not open what another key sealed under its key's name", async () => {
    const stranger = toPublicJwk(generateOkpPrivateJwk("X25519"));
    const sealed = await sealToken({ ...stranger, kid: privateKey.kid }, new Secret(canary), binding);
    await expectRefused(sealed, "integrity");
  });

  test("shows no private key when it is logged, written as JSON or copied", () => {
    expect(inspect([keyring, privateKey, { ...privateKey }], { depth: 9 })).not.toContain(privateKey.d);
    expect(JSON.stringify([...keyring, { ...privateKey }])).not.toContain(privateKey.d);
  });
});
