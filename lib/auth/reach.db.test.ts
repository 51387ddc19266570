import { afterAll, beforeAll, expect, test } from "vitest";
import pg from "pg";
import { closeDatabase, database as prisma, connectDatabase } from "@/lib/db/client";
import { type Reach, transaction } from "@/lib/db/transaction";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";

/* Row-level security as the second barrier. Queries normally filter by the scope's tenants; here none does, and the
   database alone must hide one tenant's rows from the others. */

let database: TestDatabase;
let granted: string;
let foreign: string;
const everything = { tenants: "all" } as const;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
  [granted, foreign] = [await makeTenant("granted"), await makeTenant("foreign")];
});

afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

/** A tenant with a row in every table that the web process writes for tenants. */
async function makeTenant(name: string): Promise<string> {
  const { operator } = await makeOperator(database, "technician");
  return transaction(everything, async (tx) => {
    const tenantUrl = `https://${name}.knowbe4.example/scim/v2`;
    const { id: tenantId } = await tx.tenant.create({ data: { name, tenantUrl } });
    await tx.tenantGrant.create({ data: { operatorId: operator.id, tenantId } });
    await tx.credential.create({ data: { tenantId, version: 1, fingerprint: name, createdBy: operator.id } });
    await tx.directoryRead.create({ data: { tenantId, requestedBy: operator.id } });
    const plan = { planHash: name, expiresAt: new Date(), requestedById: operator.id, intent: {} };
    const change = await tx.change.create({
      data: { kind: "onboard", title: name, reason: "A test.", tenantIds: [tenantId], ...plan },
    });
    const run = await tx.run.create({ data: { changeId: change.id, tenantId } });
    const place = { runId: run.id, changeId: change.id, tenantId, seq: 1 };
    await tx.operation.create({
      data: { ...place, kind: "create", target: name, label: name, resourceKey: name, intent: {} },
    });
    return tenantId;
  });
}

/** For each table with tenants: the tenants whose rows this reach sees, without a condition in the query. */
function listVisible(reach: Reach): Promise<Record<string, string[]>> {
  return transaction(reach, async (tx) => {
    const [tenants, changes] = [await tx.tenant.findMany(), await tx.change.findMany()];
    const tables = {
      grants: await tx.tenantGrant.findMany(),
      credentials: await tx.credential.findMany(),
      reads: await tx.directoryRead.findMany(),
      runs: await tx.run.findMany(),
      operations: await tx.operation.findMany(),
    };
    const rows = Object.entries(tables).map(([name, found]) => [name, found.map((row) => row.tenantId)]);
    return {
      ...Object.fromEntries(rows),
      tenants: tenants.map((row) => row.id),
      changes: changes.flatMap((row) => row.tenantIds),
    };
  });
}

test("a technician's transactions see the granted tenant in every table, and no other", async () => {
  const { scope } = await makeOperator(database, "technician", [granted]);
  // The technician's own grant is a second row in its table.
  expect(await listVisible(scope)).toEqual({
    tenants: [granted],
    changes: [granted],
    grants: [granted, granted],
    credentials: [granted],
    reads: [granted],
    runs: [granted],
    operations: [granted],
  });
});

test("a technician's transactions can neither write into a foreign tenant nor move a row there", async () => {
  const { scope } = await makeOperator(database, "technician", [granted]);
  const rename = await transaction(scope, (tx) =>
    tx.tenant.updateMany({ where: { id: foreign }, data: { name: "taken" } }),
  );
  expect(rename.count).toBe(0);
  const read = { tenantId: foreign, requestedBy: "x" };
  await expect(transaction(scope, (tx) => tx.directoryRead.create({ data: read }))).rejects.toThrow();
  await expect(
    transaction(scope, (tx) => tx.run.updateMany({ data: { tenantId: foreign } })),
  ).rejects.toThrow();
});

test("without a reach no table of tenants shows a row, and each forces the rule on its owner too", async () => {
  const nothing = await listVisible({ tenants: [] });
  for (const [table, tenantIds] of Object.entries(nothing)) expect(tenantIds, table).toEqual([]);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query(
    `SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE attname = 'tenant_id' AND relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
       AND NOT (relrowsecurity AND relforcerowsecurity)`,
  );
  await owner.end();
  expect(rows).toEqual([]);
});

test("a pooled connection keeps no reach from the transaction before", async () => {
  const settings = () => prisma().$queryRaw<{ all: string; tenants: string }[]>`
    SELECT coalesce(current_setting('app.all', true), '') AS all,
      coalesce(current_setting('app.tenants', true), '') AS tenants`;
  await transaction(everything, (tx) => tx.tenant.count());
  await transaction({ tenants: [foreign] }, (tx) => tx.tenant.count());
  await transaction(everything, () => Promise.reject(new Error("undone"))).catch(() => undefined);
  // More queries at once than connections, so that each connection is used.
  for (const [row] of await Promise.all(Array.from({ length: 20 }, settings)))
    expect(row).toEqual({ all: "", tenants: "" });
  expect(await prisma().tenant.count()).toBe(0);
});
