import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { fingerprintSecret, shortFingerprint } from "@/lib/crypto/fingerprint";
import { Secret } from "@/lib/crypto/secret";

const key = Buffer.alloc(32, 7);

test("fingerprints of different tokens differ, and one token always has the same", () => {
  const fingerprint = fingerprintSecret(key, new Secret("token"));
  expect(fingerprint).toMatch(/^[0-9a-f]{12}$/);
  expect(fingerprintSecret(key, new Secret("token"))).toBe(fingerprint);
  expect(fingerprintSecret(key, new Secret("token2"))).not.toBe(fingerprint);
});

test("a fingerprint cannot be computed without its key, nor by another use of that key", () => {
  const fingerprint = fingerprintSecret(key, new Secret("token"));
  expect(fingerprintSecret(Buffer.alloc(32, 8), new Secret("token"))).not.toBe(fingerprint);
  expect(createHmac("sha256", key).update("token").digest("hex")).not.toContain(fingerprint);
  expect(() => fingerprintSecret(Buffer.alloc(31), new Secret("token"))).toThrow(RangeError);
});

test("stored fingerprints stay comparable: the construction does not change", () => {
  expect(fingerprintSecret(key, new Secret("token"))).toBe("e81eeaebd04d");
  expect(shortFingerprint("0123456789ab")).toBe("••89ab");
});
