import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { Prisma, transaction, type Transaction } from "@/lib/db/transaction";
import { accountsOfPerson } from "@/lib/directory/accounts-of-person";
import { listAccountsOfPerson } from "@/lib/directory/data";
import { readAccounts } from "@/lib/changes/plan/facts-directory";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";

/* Queries as the web role, under row-level security: only there can its rules prevent the use of an index. */

let database: TestDatabase;
let owner: Scope;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
  owner = (await makeOperator(database, "owner")).scope;
});
afterAll(async () => {
  await closeDatabase();
  await database?.drop();
});

async function addTenant(name: string): Promise<string> {
  const id = randomUUID();
  await askAsOwner(database.ownerUrl, "INSERT INTO tenant (id, name, tenant_url) VALUES ($1, $2, $3)", [
    id,
    name,
    `https://x/${id}`,
  ]);
  return id;
}

async function addAccount(tenantId: string, userName: string, externalId?: string): Promise<void> {
  const attributes = JSON.stringify({ userName, ...(externalId ? { externalId } : {}) });
  await askAsOwner(
    database.ownerUrl,
    `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
     VALUES ($1, $2, $2, $2, $2, true, $3, now())`,
    [tenantId, userName, attributes],
  );
}

/** Enough people, with statistics, that the planner chooses between indexes as in a real mirror. */
async function fill(tenantIds: readonly string[]): Promise<void> {
  await askAsOwner(
    database.ownerUrl,
    `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
     SELECT t, 'r' || n, 'p' || n, 'p' || n, 'P ' || n, true, jsonb_build_object('externalId', 'x' || n), now()
       FROM unnest($1::uuid[]) t, generate_series(1, 2000) n`,
    [[...tenantIds]],
  );
  await askAsOwner(database.ownerUrl, "ANALYZE directory_user");
}

/** PostgreSQL's plan of the queries in `ask`, with sequential scans only where no index serves. */
function planOf(scope: Scope, ask: (tx: Transaction) => Promise<unknown>): Promise<string> {
  return transaction(scope, async (tx) => {
    await tx.$executeRaw`SELECT set_config('enable_seqscan', 'off', true)`;
    return JSON.stringify(await ask(explaining(tx)));
  });
}

function explaining(tx: Transaction): Transaction {
  const explain = ([first, ...rest]: readonly string[], ...values: unknown[]) =>
    tx.$queryRaw(Prisma.sql([`EXPLAIN ${first}`, ...rest], ...values));
  return { ...tx, $queryRaw: explain } as Transaction;
}

test("one human's accounts are found by address or by external id, each once and only in the scope's tenants", async () => {
  const [first, second] = [await addTenant("First"), await addTenant("Second")];
  await addAccount(first, "ana@first.example", "ext-7");
  await addAccount(first, "bob@first.example", "ext-8");
  await addAccount(second, "ana@second.example", "ext-7");
  const asked = { keys: ["ana@first.example"], externalIds: ["ext-7"] };
  expect((await listAccountsOfPerson(owner, asked)).map(({ userName }) => userName)).toEqual([
    "ana@first.example",
    "ana@second.example",
  ]);
  const { scope } = await makeOperator(database, "technician", [second]);
  expect((await listAccountsOfPerson(scope, asked)).map(({ userName }) => userName)).toEqual([
    "ana@second.example",
  ]);
});

test("a person is looked up by an index for the address and one for the external id, in all tenants and in one", async () => {
  const person = { keys: ["a", "b"], externalIds: ["ext-1", "ext-2"] };
  const tenantId = await addTenant("Planned");
  await fill([tenantId, await addTenant("Beside")]);
  const { scope: technician } = await makeOperator(database, "technician", [tenantId]);
  for (const scope of [owner, technician]) {
    const everywhere = await planOf(scope, (tx) => tx.$queryRaw`${accountsOfPerson(person)}`);
    const inOne = await planOf(scope, (tx) => readAccounts(tx, tenantId, { ...person, resourceIds: ["r"] }));
    for (const plan of [everywhere, inOne]) {
      expect(plan).toMatch(
        /directory_user_external_id_tenant_id_idx[^}]*\},\{[^}]*Index Cond: [^}]*external_id = ANY/,
      );
      expect(plan).toMatch(/user_name_key[^}]*\},\{[^}]*Index Cond: [^}]*user_name_key = ANY/);
      expect(plan).not.toContain("Seq Scan on directory_user");
    }
  }
});
