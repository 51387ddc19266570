import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { blockPool, closeDatabase, connectDatabase } from "@/lib/db/client";
import { DatabaseAwayError } from "@/lib/db/database-away";
import { sqlTransaction } from "@/lib/db/sql-transaction";
import { createTestDatabase, type TestDatabase } from "@/test/database";

/* A worker's own path to the database must guarantee what Prisma would have guaranteed. */

let database: TestDatabase;
/** Of the same role, which may end its own connections and no others. */
let other: pg.Client;
const everything = { tenants: "all" } as const;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
  other = new pg.Client(database.webUrl);
  await other.connect();
});

afterAll(async () => {
  await other.end();
  await closeDatabase();
  await database.drop();
});

/** @returns the tenant's id */
async function makeTenant(name: string): Promise<string> {
  const [row] = await sqlTransaction(
    everything,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      INSERT INTO tenant (name, tenant_url) VALUES (${name}, ${`https://${name}.example`}) RETURNING id`,
  );
  return row?.id ?? "";
}

const listNames = (reach: Parameters<typeof sqlTransaction>[0]) =>
  sqlTransaction(reach, async (tx) =>
    (await tx.$queryRaw<{ name: string }[]>`SELECT name FROM tenant ORDER BY name`).map(({ name }) => name),
  );

test("a transaction sees the tenants of its reach, and the next one on the same connection sees its own", async () => {
  const [near, far] = [await makeTenant("near"), await makeTenant("far")];
  expect(await listNames({ tenants: [near] })).toEqual(["near"]);
  expect(await listNames({ tenants: [far] })).toEqual(["far"]);
  expect(await listNames({ tenants: [] })).toEqual([]);
  expect(blockPool().totalCount).toBe(1);
});

test("when the work throws, it is rolled back and its own error is thrown", async () => {
  const failure = new Error("Not this time");
  const work = sqlTransaction(everything, async (tx) => {
    await tx.$executeRaw`INSERT INTO tenant (name, tenant_url) VALUES ('half', 'https://half.example')`;
    throw failure;
  });
  await expect(work).rejects.toBe(failure);
  expect(await listNames(everything)).not.toContain("half");
});

test("a refused statement does not count as a database that is away, and the next transaction works", async () => {
  const refused = sqlTransaction(everything, (tx) => tx.$queryRaw`SELECT 1 / 0`);
  await expect(refused).rejects.toMatchObject({ code: "22012" });
  await expect(refused).rejects.not.toBeInstanceOf(DatabaseAwayError);
  expect(await listNames(everything)).toContain("near");
});

test("a setting applies to its transaction only", async () => {
  const ask = (settings?: Record<string, string>) =>
    sqlTransaction(
      everything,
      (tx) => tx.$queryRaw`SELECT current_setting('lock_timeout') AS value`,
      settings,
    );
  expect(await ask({ lock_timeout: "2s" })).toEqual([{ value: "2s" }]);
  expect(await ask()).toEqual([{ value: "0" }]);
});

test("a connection that the server ends, in a transaction or idle, is reported as a database that is away and replaced", async () => {
  const cut = sqlTransaction(everything, async (tx) => {
    const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    await other.query("SELECT pg_terminate_backend($1, 5000)", [row?.pid]);
    return tx.$queryRaw`SELECT 1`;
  });
  await expect(cut).rejects.toBeInstanceOf(DatabaseAwayError);
  await listNames(everything);
  await other.query(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await expect(listNames(everything).catch(() => listNames(everything))).resolves.toContain("near");
});
