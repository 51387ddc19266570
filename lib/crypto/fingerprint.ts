import { createHmac, hkdfSync } from "node:crypto";
import type { Secret } from "@/lib/crypto/secret";

/**
 * Shown in pages, events and logs in place of a token; it also reveals one token stored for two tenants. Keyed, so that
 * a reader of fingerprints cannot test guesses without the key.
 * @param key 32 random bytes or more. A separate key is derived from it, so that other uses of the same bytes cannot
 * interfere.
 * @returns 12 lower-case hexadecimal characters (48 bits): enough to tell tokens apart, too few to be one.
 */
export function fingerprintSecret(key: Uint8Array, secret: Secret): string {
  if (key.length < 32) throw new RangeError("A fingerprint key needs at least 32 bytes.");
  const derived = hkdfSync("sha256", key, new Uint8Array(), "rollcall1|fingerprint", 32);
  return createHmac("sha256", new Uint8Array(derived))
    .update(secret.reveal(), "utf8")
    .digest("hex")
    .slice(0, 12);
}

/** The short form of a fingerprint for comparing: "••" and its last four characters. */
export function shortFingerprint(fingerprint: string): string {
  return `••${fingerprint.slice(-4)}`;
}
