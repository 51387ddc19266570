import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { findWrongKey } from "@/lib/operators/installation";
import { checkReadiness } from "@/lib/operators/readiness";
import { createTestDatabase, type TestDatabase } from "@/test/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
  vi.stubEnv("DATABASE_URL", database.webUrl);
  vi.stubEnv("KEYS_DIR", database.keysDir);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await closeDatabase();
  await database.drop();
});

async function asOwner(sql: string): Promise<void> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(sql);
  await owner.end();
}

test("a migrated database and the installation's own keys are ready, at every start", async () => {
  await asOwner("INSERT INTO worker (name) VALUES ('one')");
  expect(await checkReadiness()).toEqual({ ready: true, worker: "there" });
  expect(await checkReadiness()).toEqual({ ready: true, worker: "there" });
});

test("the web is ready without a worker, and says that all have been gone for a minute", async () => {
  await asOwner("DELETE FROM worker");
  expect(await checkReadiness()).toEqual({ ready: true, worker: "gone" });
  await asOwner(
    "INSERT INTO worker VALUES ('frozen', now() - interval '61 s'), ('slow', now() - interval '50 s')",
  );
  expect(await checkReadiness()).toEqual({ ready: true, worker: "there" });
  await asOwner("DELETE FROM worker WHERE name = 'slow'");
  expect(await checkReadiness()).toEqual({ ready: true, worker: "gone" });
});

test("a database that lacks a migration of this version is not ready", async () => {
  await asOwner("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '0002_guards'");
  expect(await checkReadiness()).toEqual({ ready: false, reason: "migrations" });
  await asOwner("UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '0002_guards'");
  expect(await checkReadiness()).toMatchObject({ ready: true });
});

test("a valid key of another installation is named", async () => {
  const compare = (keyIds: Parameters<typeof findWrongKey>[1]) =>
    transaction({ tenants: [] }, (tx) => findWrongKey(tx, keyIds));
  expect(await compare({ sealing: "another" })).toBe("sealing");
  await asOwner("UPDATE installation SET key_id = 'another' WHERE purpose = 'fingerprint'");
  expect(await checkReadiness()).toEqual({ ready: false, reason: "wrong-key", key: "fingerprint" });
});

test("an unreachable database is distinguished from an unmigrated one", async () => {
  await closeDatabase();
  connectDatabase("postgresql://rollcall_web@127.0.0.1:1/none");
  expect(await checkReadiness()).toEqual({ ready: false, reason: "database" });
  await closeDatabase();
  connectDatabase(database.webUrl);
});
