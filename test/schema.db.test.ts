import fs from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSchemaEngine } from "@/scripts/postgres/schema-engine";
import { createTestDatabase, type TestDatabase } from "@/test/database";

/** Parts of the migrations that Prisma's models cannot express: partial indexes. */
const BEYOND_PRISMA = [
  "approval_one_waiting",
  "change_scheduled",
  "directory_read_one_unfinished",
  "drift_one_open",
  "issue_one_open",
  "operation_guarded",
  "operation_open",
  "operation_shown_first",
  "operation_unconfirmed",
  "run_one_running",
  "run_unfinished",
];

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  // The models' own tables, created beside the migrated ones.
  await client.query("CREATE SCHEMA models");
  await client.query(`SET search_path = models; ${await scriptOfModels()}; RESET search_path`);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

test("the migrations create the columns of the models, and lists that are never null", async () => {
  const columns = (schema: string, nullable: string) =>
    list(`SELECT table_name, column_name, udt_name, ${nullable} AS nullable, replace(column_default, '${schema}.', '') AS "default"
            FROM information_schema.columns WHERE table_schema = '${schema}' AND table_name <> '_prisma_migrations' ORDER BY 1, 2`);
  // Prisma cannot express that a list is never null.
  const isNullable = "CASE data_type WHEN 'ARRAY' THEN 'NO' ELSE is_nullable END";
  expect(await columns("public", "is_nullable")).toEqual(await columns("models", isNullable));
});

test("the migrations create the indexes and keys of the models, plus the named ones", async () => {
  const indexes = (schema: string) =>
    list(`SELECT replace(indexdef, ' ${schema}.', ' ') AS index FROM pg_indexes
           WHERE schemaname = '${schema}' AND tablename <> '_prisma_migrations'
             AND indexname <> ALL ('{${BEYOND_PRISMA.join(",")}}') ORDER BY indexname`);
  const keys = (schema: string) =>
    list(`SELECT conname, replace(pg_get_constraintdef(oid), '${schema}.', '') AS key FROM pg_constraint
           WHERE connamespace = '${schema}'::regnamespace AND contype = 'f' ORDER BY 1`);
  expect(await indexes("public")).toEqual(await indexes("models"));
  expect(await keys("public")).toEqual(await keys("models"));
});

async function list(sql: string): Promise<unknown[]> {
  const { rows } = await client.query(sql);
  expect(rows.length).toBeGreaterThan(10);
  return rows;
}

async function scriptOfModels(): Promise<string> {
  const folder = path.resolve(import.meta.dirname, "../prisma");
  const models = (await fs.readdir(path.join(folder, "models"))).map((name) =>
    path.join(folder, "models", name),
  );
  const files = await Promise.all(
    [path.join(folder, "schema.prisma"), ...models].map(async (file) => ({
      path: file,
      content: await fs.readFile(file, "utf8"),
    })),
  );
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
  const engine = await createSchemaEngine(pool);
  try {
    const { stdout } = await engine.diff({
      from: { tag: "empty" },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? "";
  } finally {
    engine.free();
    await pool.end();
  }
}
