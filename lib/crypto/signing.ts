import { Buffer } from "node:buffer";
import { sign, verify } from "node:crypto";
import { decodeBase64url } from "@/lib/crypto/base64url";
import {
  toPrivateKeyObject,
  toPublicKeyObject,
  type OkpPrivateJwk,
  type OkpPublicJwk,
} from "@/lib/crypto/okp-jwk";

/** The key that verifies seals of the audit log; it is public. */
export type SigningPublicKey = OkpPublicJwk<"Ed25519">;

/** The key that signs seals of the audit log; only the sealer has it. */
export type SigningPrivateKey = OkpPrivateJwk<"Ed25519">;

/** The Ed25519 signature (RFC 8032) of these bytes: 64 bytes, as 86 characters of base64url. */
export function signBytes(privateKey: SigningPrivateKey, bytes: Uint8Array): string {
  return Buffer.from(sign(null, bytes, toPrivateKeyObject(privateKey))).toString("base64url");
}

/** Whether this key signed these bytes. False for a signature in any other spelling than that of `signBytes`. */
export function verifyBytes(publicKey: SigningPublicKey, bytes: Uint8Array, signature: string): boolean {
  const decoded = decodeBase64url(signature);
  if (decoded === null || decoded.length !== 64) return false;
  return verify(null, bytes, toPublicKeyObject(publicKey), decoded);
}
