import "server-only";
import { createHmac } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { listAppliedMigrations } from "@/lib/db/applied-migrations";
import { type Transaction, transaction } from "@/lib/db/transaction";
import { log } from "@/lib/log";
import { findWrongKey, type KeyPurpose } from "@/lib/operators/installation";
import { findWorkerAbsence } from "@/lib/operators/worker-presence";
import { webKeys } from "@/lib/auth/web-keys";

/**
 * Whether this web process can serve, and why it should get no requests yet. Whether a worker is there is told beside it:
 * a load balancer that took every web process away because a worker is gone would turn a delay into an outage.
 * - keys: a key file is missing or unfit; the log and `npm start` name it.
 * - database: it does not answer.
 * - migrations: it is older than this version: run `npm run migrate`.
 * - wrong-key: a valid key, but not the one this installation began with; `key` says which.
 */
export type Readiness =
  | { ready: true; worker: WorkerPresence }
  | { ready: false; reason: "keys" | "database" | "migrations" }
  | { ready: false; reason: "wrong-key"; key: KeyPurpose };

/** Without a worker nothing is sent to any tenant, and what is asked for waits. */
export type WorkerPresence = "there" | "gone";

/**
 * Checks readiness.
 * @returns codes only, because anybody may ask
 */
export async function checkReadiness(): Promise<Readiness> {
  const readiness = await findObstacle();
  if (!readiness.ready) log.warn({ state: "not-ready", reason: readiness.reason }, "not ready to serve");
  return readiness;
}

async function findObstacle(): Promise<Readiness> {
  const keyIds = findKeyIds();
  if (keyIds === null) return { ready: false, reason: "keys" };
  let isReached = false;
  try {
    return await transaction({ tenants: [] }, async (tx) => {
      isReached = true;
      if (!(await isMigrated(tx))) return { ready: false, reason: "migrations" };
      const key = await findWrongKey(tx, keyIds);
      if (key !== null) return { ready: false, reason: "wrong-key", key };
      return { ready: true, worker: (await findWorkerAbsence(tx)) === null ? "there" : "gone" };
    });
  } catch (err) {
    log.warn({ err }, "readiness check failed");
    // A database that answers but lacks a table was never migrated.
    return { ready: false, reason: isReached ? "migrations" : "database" };
  }
}

/**
 * Whether every folder of prisma/migrations is recorded as finished. A migration that only the database has belongs to
 * a newer version.
 */
async function isMigrated(tx: Transaction): Promise<boolean> {
  const applied = await listAppliedMigrations(tx);
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations");
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.every((entry) => !entry.isDirectory() || applied.has(entry.name));
}

function findKeyIds(): Record<KeyPurpose, string> | null {
  try {
    const { sealingPublicKey, auditPublicKey, fingerprintKey } = webKeys();
    return { sealing: sealingPublicKey.kid, audit: auditPublicKey.kid, fingerprint: toKeyId(fingerprintKey) };
  } catch (err) {
    log.error({ err }, "loading keys failed");
    return null;
  }
}

/** An id for a secret key that reveals nothing of it: a keyed hash of a fixed text. */
function toKeyId(key: Uint8Array): string {
  return createHmac("sha256", key).update("rollcall1|key-id").digest("base64url").slice(0, 22);
}
