import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { getChange } from "@/lib/changes/data";
import { planChange } from "@/lib/changes/mutations";
import { inPieces } from "@/test/csv";
import { getImport } from "@/lib/imports/data";
import { checkImport, readImport } from "@/lib/imports/mutations";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";

let database: TestDatabase;
let owner: Scope;
const tenantId = randomUUID();

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.webUrl;
  process.env.KEYS_DIR = database.keysDir;
  process.env.ROLLCALL_MODE = "test";
  connectDatabase(database.webUrl);
  owner = (await makeOperator(database, "owner")).scope;
  const ask = (sql: string, values: unknown[]) => askAsOwner(database.ownerUrl, sql, values);
  const readId = randomUUID();
  await ask(
    "INSERT INTO tenant (id, name, tenant_url, domains, state, mode) VALUES ($1, 'Contoso', 'http://127.0.0.1:9/', '{contoso.com}', 'healthy', 'source')",
    [tenantId],
  );
  await ask(
    `INSERT INTO directory_read (id, tenant_id, state, requested_by, finished_at, users, active)
     VALUES ($1, $2, 'complete', 'A test', now(), 2, 2)`,
    [readId, tenantId],
  );
  await ask("UPDATE tenant SET read_id = $1, adopted_at = now() WHERE id = $2", [readId, tenantId]);
  await ask(
    `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
     SELECT $1, n, n || '@contoso.com', n || '@contoso.com', n, true, '{"title":"Clerk","department":"Legal"}', now()
       FROM unnest(ARRAY['ann', 'bob']) n`,
    [tenantId],
  );
});
afterAll(async () => {
  await closeDatabase();
  await database?.drop();
});

test("a file becomes a plan of the differences: clean rows only, and no blank cell clears", async () => {
  const file = [
    "Email;Job title;Department;Status",
    "ann@contoso.com;;Finance;",
    "bob@contoso.com;Clerk;;archived",
    "cat@contoso.com;Partner;Legal;active",
    "dan@elsewhere.example;Partner;Legal;active",
  ].join("\r\n");
  const given = { fileName: "staff.csv", mode: "merge", tenantId, encoding: null, delimiter: null } as const;
  const { importId } = await readImport(owner, given, inPieces(Buffer.from(file)));
  const { mapping } = await getImport(owner, { importId });
  expect(await checkImport(owner, { importId, mode: "merge", targets: mapping.targets })).toEqual({
    good: 3,
    bad: 1,
  });
  const { changeId } = await planChange(owner, {
    intent: { kind: "import", importId, tenantIds: [tenantId] },
    reason: "List of staff",
    ticket: null,
  });
  const { runs } = await getChange(owner, { changeId });
  const lines = runs.flatMap(({ operations }) => operations);
  expect(
    lines.map(({ kind, target, diff }) => [target, kind, diff.map(({ field }) => field)]).toSorted(),
  ).toEqual([
    ["ann@contoso.com", "update", ["department"]],
    ["bob@contoso.com", "archive", expect.anything()],
    ["cat@contoso.com", "create", expect.arrayContaining(["title", "department"])],
  ]);
  expect((await getImport(owner, { importId })).change).toMatchObject({ id: changeId, state: "ready" });
});
