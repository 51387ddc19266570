import "server-only";
import { existsSync } from "node:fs";
import path from "node:path";
import type { SealKey } from "@/lib/audit/log/log-reading";
import type { SealSigner } from "@/lib/audit/log/seal-pending";
import { keyFiles } from "@/lib/crypto/key-files";
import { readPublicJwk } from "@/lib/crypto/key-jwk";
import { type SigningPrivateKey, type SigningPublicKey, signBytes, verifyBytes } from "@/lib/crypto/signing";

/**
 * Reads the public key of the audit log from the sealer's or the web process's folder, whichever this process has.
 * @throws KeyFileError where neither exists or it is not a public key.
 */
export function readSealKey(keysDir: string): SealKey {
  const [first, second] = [keyFiles.sealer.audit, keyFiles.web.audit].map((file) => path.join(keysDir, file));
  const file = first && existsSync(first) ? first : (second ?? "");
  return toSealKey(readPublicJwk(file, "Ed25519"));
}

export function toSealKey(key: SigningPublicKey): SealKey {
  return { keyId: key.kid, verify: (bytes, signature) => verifyBytes(key, bytes, signature) };
}

export function toSealSigner(key: SigningPrivateKey): SealSigner {
  return { keyId: key.kid, sign: (bytes) => signBytes(key, bytes) };
}
