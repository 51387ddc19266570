import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queues } from "@/lib/queue/queues";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { applyMigrations } from "./apply-migrations";
import { installQueue } from "./install-queue";
import { migrateDatabase } from "./migrate-database";

const FUNCTION_WITH_SEMICOLONS = `
  CREATE TABLE first_table (id int PRIMARY KEY);
  CREATE FUNCTION three() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 3; END $$;
`;

/** A killed migrating process, as the server sees it: the session ends in the middle of the script. */
const DIE = "SELECT pg_terminate_backend(pg_backend_pid());";

let database: TestDatabase;
let folder: string;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-migrations-"));
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
  await fs.rm(folder, { recursive: true });
});

async function writeMigration(name: string, sql: string): Promise<void> {
  await fs.mkdir(path.join(folder, name), { recursive: true });
  await fs.writeFile(path.join(folder, name, "migration.sql"), sql);
}

/** The tables that a migration created, in a database with an empty history. */
async function countTables(name: string): Promise<number> {
  const { rows } = await client.query(
    "SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = $1",
    [name],
  );
  return rows.length;
}

describe("migrations", () => {
  beforeAll(() => client.query("DELETE FROM _prisma_migrations"));

  test("two processes that migrate at once apply each migration once", async () => {
    await writeMigration("0001_first", FUNCTION_WITH_SEMICOLONS);
    await writeMigration("0002_second", "CREATE TABLE second_table (id int PRIMARY KEY);");
    const applied = await Promise.all([
      applyMigrations(database.ownerUrl, folder),
      applyMigrations(database.ownerUrl, folder),
    ]);
    expect(applied.flat()).toEqual(["0001_first", "0002_second"]);
    expect((await client.query("SELECT three() AS n")).rows).toEqual([{ n: 3 }]);
    expect(await applyMigrations(database.ownerUrl, folder)).toEqual([]);
  });

  test("a failed migration leaves nothing behind and is applied once it is fixed", async () => {
    await writeMigration("0003_third", "CREATE TABLE third_table (id int); SELECT nonsense();");
    await expect(applyMigrations(database.ownerUrl, folder)).rejects.toThrow(/0003_third.*nonsense/s);
    expect(await countTables("third_table")).toBe(0);
    await writeMigration("0003_third", "CREATE TABLE third_table (id int);");
    expect(await applyMigrations(database.ownerUrl, folder)).toEqual(["0003_third"]);
    expect(await countTables("third_table")).toBe(1);
  });

  test("a migration whose connection dies leaves nothing behind and is applied at the next start", async () => {
    await writeMigration("0004_fourth", `CREATE TABLE fourth_table (id int); ${DIE}`);
    await expect(applyMigrations(database.ownerUrl, folder)).rejects.toThrow();
    expect(await countTables("fourth_table")).toBe(0);
    await writeMigration("0004_fourth", "CREATE TABLE fourth_table (id int); -- no line end");
    expect(await applyMigrations(database.ownerUrl, folder)).toEqual(["0004_fourth"]);
    expect(await countTables("fourth_table")).toBe(1);
  });

  test("a migration that was changed after it was applied is refused by name", async () => {
    await writeMigration("0002_second", "CREATE TABLE second_table (id bigint PRIMARY KEY);");
    await expect(applyMigrations(database.ownerUrl, folder)).rejects.toThrow(/0002_second.*changed/);
    await writeMigration("0002_second", "CREATE TABLE second_table (id int PRIMARY KEY);");
  });

  test("a database that is newer than the code is refused", async () => {
    await fs.rm(path.join(folder, "0004_fourth"), { recursive: true });
    await expect(applyMigrations(database.ownerUrl, folder)).rejects.toThrow(/0004_fourth.*newer/);
  });
});

test("preparing a database twice at once equals preparing it once", async () => {
  const fresh = await createTestDatabase();
  try {
    await Promise.all([1, 2].map(() => migrateDatabase(fresh.ownerUrl, fresh.keysDir)));
    expect(await migrateDatabase(fresh.ownerUrl, fresh.keysDir)).toEqual([]);
    await installQueue(fresh.ownerUrl, queues);
  } finally {
    await fresh.drop();
  }
});
