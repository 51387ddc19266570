import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { applyMigrations } from "./apply-migrations";
import { projectRoot } from "./project-root";

/* What an installation keeps when it is brought from an older version to this one. */

let database: TestDatabase;
let folder: string;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-upgrade-"));
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
});
afterAll(async () => {
  await client.end();
  await database.drop();
  await fs.rm(folder, { recursive: true });
});

test("what operators allowed a tenant before is what it may be raised to now", async () => {
  for (const name of ["0001_tables", "0002_guards"])
    await fs.cp(path.join(projectRoot, "prisma", "migrations", name), path.join(folder, name), {
      recursive: true,
    });
  await applyMigrations(database.ownerUrl, folder);
  await client.query("SELECT set_config('app.all', 'on', false)");
  await client.query(
    "INSERT INTO tenant (name, tenant_url, rate) VALUES ('Acme', 'https://acme.example', 7)",
  );
  await applyMigrations(database.ownerUrl);
  const { rows } = await client.query("SELECT rate, rate_max FROM tenant");
  expect(rows).toEqual([{ rate: 7, rate_max: 7 }]);
});
