import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";

/** X25519 seals tokens, Ed25519 signs seals of the audit log; both are JWK key type "OKP" (RFC 8037). */
export type OkpCurve = "X25519" | "Ed25519";

/** A public key. `x` is 32 bytes, base64url; `kid` is the key's RFC 7638 thumbprint, never a chosen name. */
export interface OkpPublicJwk<Curve extends OkpCurve> {
  readonly kty: "OKP";
  readonly crv: Curve;
  readonly x: string;
  readonly kid: string;
}

/**
 * A private key. `d` is 32 bytes, base64url, and not enumerable: logs, JSON and copies by spreading leave it
 * out. To write a key to its file, name the member: `{ ...jwk, d: jwk.d }`.
 */
export interface OkpPrivateJwk<Curve extends OkpCurve> extends OkpPublicJwk<Curve> {
  readonly d: string;
}

/** A fresh private key from the operating system's randomness; `toPublicJwk` gives its public half. */
export function generateOkpPrivateJwk<Curve extends OkpCurve>(curve: Curve): OkpPrivateJwk<Curve> {
  const pair = curve === "X25519" ? generateKeyPairSync("x25519") : generateKeyPairSync("ed25519");
  const { d } = pair.privateKey.export({ format: "jwk" });
  if (d === undefined) throw new TypeError("The generated key has no private part.");
  return toPrivateJwk(curve, d);
}

/**
 * The private key with these 32 bytes, base64url. The public part is computed, not trusted.
 * @throws Error (of node:crypto) when `d` is no key.
 */
export function toPrivateJwk<Curve extends OkpCurve>(curve: Curve, d: string): OkpPrivateJwk<Curve> {
  // node:crypto requires an `x` beside `d`, but ignores its value and computes the public part from `d`.
  const key = createPrivateKey({ key: { kty: "OKP", crv: curve, d, x: d }, format: "jwk" });
  const { x } = createPublicKey(key).export({ format: "jwk" });
  if (x === undefined) throw new TypeError("The key has no public part.");
  const jwk = { kty: "OKP" as const, crv: curve, x, kid: toThumbprint(curve, x), d };
  return Object.defineProperty(jwk, "d", { enumerable: false });
}

/** The public half of a private key, and nothing else of it. */
export function toPublicJwk<Curve extends OkpCurve>(jwk: OkpPublicJwk<Curve>): OkpPublicJwk<Curve> {
  return { kty: jwk.kty, crv: jwk.crv, x: jwk.x, kid: jwk.kid };
}

/** RFC 7638 section 3 with the members of RFC 8037 section 2: SHA-256 of this exact JSON, base64url. */
export function toThumbprint(curve: OkpCurve, x: string): string {
  return createHash("sha256")
    .update(JSON.stringify({ crv: curve, kty: "OKP", x }))
    .digest("base64url");
}

export function toPublicKeyObject({ kty, crv, x }: OkpPublicJwk<OkpCurve>): KeyObject {
  return createPublicKey({ key: { kty, crv, x }, format: "jwk" });
}

export function toPrivateKeyObject({ kty, crv, x, d }: OkpPrivateJwk<OkpCurve>): KeyObject {
  return createPrivateKey({ key: { kty, crv, x, d }, format: "jwk" });
}
