import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { readAnchors } from "@/lib/audit/log/anchors";
import { appendEvents } from "@/lib/audit/log/append";
import { readSealKey, toSealSigner } from "@/lib/audit/log/audit-key";
import type { AuditEvent } from "@/lib/audit/log/events";
import { type Sealing, sealOnce } from "@/lib/audit/log/seal-once";
import { type Verified, verifyLog } from "@/lib/audit/log/verify-log";
import { systemScope } from "@/lib/auth/scope";
import { loadSealerKeys } from "@/lib/crypto/key-files";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { createTestDatabase, type TestDatabase } from "@/test/database";

/** An audit log in a database of its own, written, sealed and verified by the same roles as in production. */
export type LogUnderTest = TestDatabase & {
  sealing: Sealing;
  /** Appends as the web role. */
  append(...events: AuditEvent[]): Promise<void>;
  /** One round of the sealer as the sealer's role; returns how many events it sealed. */
  seal(): Promise<number>;
  /** Verifies as the web role, which has the fewest rights. */
  verify(linksMax?: number): Promise<Verified>;
  /** Runs statements as the owner of the tables, with every guard of the database disabled first. */
  attack(...statements: string[]): Promise<void>;
  end(): Promise<void>;
};

export const testScope = systemScope("test", "all", "request-1");

export async function createLogUnderTest(): Promise<LogUnderTest> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), "rollcall-anchors-"));
  const sealing = {
    signer: toSealSigner(loadSealerKeys(database.keysDir).auditPrivateKey),
    key: readSealKey(database.keysDir),
    anchorFile: path.join(folder, "anchors.ndjson"),
  };
  return {
    ...database,
    sealing,
    append: (...events) =>
      as(database.webUrl, () => transaction(testScope, (tx) => appendEvents(tx, testScope, events))),
    seal: () => as(database.sealerUrl, () => sealOnce(testScope, sealing, new Date())),
    verify: (linksMax) =>
      as(database.webUrl, async () => {
        const anchors = readAnchors(sealing.anchorFile);
        return verifyLog(testScope, { key: sealing.key, anchors, linksMax });
      }),
    attack: (...statements) => query(database.ownerUrl, ...GUARDS_DOWN, ...statements),
    async end() {
      await untilAlone(database.ownerUrl);
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Runs `work` with the process connected to a database as one role, and disconnects after it. */
export async function as<T>(url: string, work: () => Promise<T>): Promise<T> {
  connectDatabase(url);
  try {
    return await work();
  } finally {
    await closeDatabase();
  }
}

/** Runs statements on one connection. */
export async function query(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

export async function rows(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT set_config('app.all', 'on', false)");
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** A session ends a moment after its pool is closed, and the owner may not end sessions of other roles. */
async function untilAlone(ownerUrl: string): Promise<void> {
  const others =
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
  while ((await rows(ownerUrl, others)).length > 0) await delay(20);
}

const GUARDS_DOWN = [
  ...["event", "event_link", "seal"].map((table) => `ALTER TABLE ${table} DISABLE TRIGGER USER`),
  "ALTER TABLE event DISABLE ROW LEVEL SECURITY",
  "ALTER TABLE event_link DROP CONSTRAINT event_link_event_id_fkey",
  "ALTER TABLE event_pending DROP CONSTRAINT event_pending_event_id_fkey",
];
