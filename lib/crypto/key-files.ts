import { accessSync, constants } from "node:fs";
import path from "node:path";
import { KeyFileError } from "@/lib/crypto/key-file-error";
import { readPrivateJwk, readPrivateJwks, readPublicJwk } from "@/lib/crypto/key-jwk";
import { readPassword, readRandomSecret } from "@/lib/crypto/key-text";
import type { OpeningKeyring } from "@/lib/crypto/open";
import type { SealingPublicKey } from "@/lib/crypto/seal";
import type { Secret } from "@/lib/crypto/secret";
import type { SigningPrivateKey, SigningPublicKey } from "@/lib/crypto/signing";

/**
 * The path of each key under KEYS_DIR. One folder per process, so that each gets only its own: an attacker in the web
 * process finds nothing there that opens a token or signs the audit log.
 */
export const keyFiles = {
  web: {
    session: "web/session.secret",
    sealing: "web/sealing.public.json",
    fingerprint: "web/fingerprint.secret",
    audit: "web/audit.public.json",
    password: "web/database.password",
  },
  worker: { sealing: "worker/sealing.private.json", password: "worker/database.password" },
  sealer: {
    signing: "sealer/audit.private.json",
    audit: "sealer/audit.public.json",
    password: "sealer/database.password",
  },
} as const;

/** The web process's keys. `fingerprintKey` is not enumerable, so that logs and JSON leave it out. */
export interface WebKeys {
  readonly sessionSecret: Secret;
  readonly sealingPublicKey: SealingPublicKey;
  readonly fingerprintKey: Uint8Array;
  readonly auditPublicKey: SigningPublicKey;
  readonly databasePassword: Secret;
}

/** A worker's keys. */
export interface WorkerKeys {
  readonly openingKeyring: OpeningKeyring;
  readonly databasePassword: Secret;
}

/** The sealer's keys. */
export interface SealerKeys {
  readonly auditPrivateKey: SigningPrivateKey;
  readonly auditPublicKey: SigningPublicKey;
  readonly databasePassword: Secret;
}

/**
 * Loads the web process's keys.
 * @param dir KEYS_DIR; only its folder `web` is read.
 * @throws KeyFileError for the first file that is not fit to start with.
 */
export function loadWebKeys(dir: string): WebKeys {
  const keys = {
    sessionSecret: readRandomSecret(inFolder(dir, keyFiles.web.session)).text,
    sealingPublicKey: readPublicJwk(inFolder(dir, keyFiles.web.sealing), "X25519"),
    fingerprintKey: readRandomSecret(inFolder(dir, keyFiles.web.fingerprint)).bytes,
    auditPublicKey: readPublicJwk(inFolder(dir, keyFiles.web.audit), "Ed25519"),
    databasePassword: readPassword(inFolder(dir, keyFiles.web.password)),
  };
  return Object.defineProperty(keys, "fingerprintKey", { enumerable: false });
}

/**
 * Loads a worker's keys.
 * @param dir KEYS_DIR; its folder `worker` is enough. If the web process's public key is readable too, as on a
 *   machine that runs both, it must belong to one of the worker's keys: otherwise every new token would be sealed to
 *   a key that nobody has.
 * @throws KeyFileError for the first file that is not fit to start with.
 */
export function loadWorkerKeys(dir: string): WorkerKeys {
  const file = inFolder(dir, keyFiles.worker.sealing);
  const openingKeyring = readPrivateJwks(file, "X25519");
  const webFile = inFolder(dir, keyFiles.web.sealing);
  if (canRead(webFile) && !openingKeyring.has(readPublicJwk(webFile, "X25519").kid))
    throw new KeyFileError(file, "wrong", `does not hold the private half of the key in ${webFile}`);
  return { openingKeyring, databasePassword: readPassword(inFolder(dir, keyFiles.worker.password)) };
}

/**
 * Loads the sealer's keys.
 * @param dir KEYS_DIR; only its folder `sealer` is read.
 * @throws KeyFileError for the first file that is not fit to start with.
 */
export function loadSealerKeys(dir: string): SealerKeys {
  const auditPrivateKey = readPrivateJwk(inFolder(dir, keyFiles.sealer.signing), "Ed25519");
  const publicFile = inFolder(dir, keyFiles.sealer.audit);
  const auditPublicKey = readPublicJwk(publicFile, "Ed25519");
  if (auditPublicKey.kid !== auditPrivateKey.kid)
    throw new KeyFileError(
      publicFile,
      "wrong",
      "does not hold the public half of the key in the same folder",
    );
  const databasePassword = readPassword(inFolder(dir, keyFiles.sealer.password));
  return { auditPrivateKey, auditPublicKey, databasePassword };
}

/** A worker under its own user sees that the folder `web` exists, but may not read it. */
function canRead(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** A path that the bundler cannot follow would count as "any file of the project", and it would trace them all. */
function inFolder(dir: string, name: string): string {
  return path.join(/* turbopackIgnore: true */ dir, name);
}
