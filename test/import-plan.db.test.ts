import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { getChange } from "@/lib/changes/data";
import type { Intent } from "@/lib/changes/model/intent";
import { discardPlan, planChange, replanChange } from "@/lib/changes/mutations";
import type { PlannedChange } from "@/lib/changes/plan/plan-in-transaction";
import { inPieces } from "@/test/csv";
import { getImport } from "@/lib/imports/data";
import { importCan } from "@/lib/imports/import-can";
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

async function read(file: string): Promise<string> {
  const given = { fileName: "staff.csv", mode: "merge", tenantId, encoding: null, delimiter: null } as const;
  return (await readImport(owner, given, inPieces(Buffer.from(file)))).importId;
}

function plan(importId: string): Promise<PlannedChange> {
  const intent: Intent = { kind: "import", importId, tenantIds: [tenantId] };
  return planChange(owner, { intent, reason: "List of staff", ticket: null });
}

test("a file becomes a plan of the differences: clean rows only, and no blank cell clears", async () => {
  const file = [
    "Email;Job title;Department;Status",
    "ann@contoso.com;;Finance;",
    "bob@contoso.com;Clerk;;archived",
    "cat@contoso.com;Partner;Legal;active",
    "dan@elsewhere.example;Partner;Legal;active",
  ].join("\r\n");
  const importId = await read(file);
  const { mapping } = await getImport(owner, { importId });
  expect(await checkImport(owner, { importId, mode: "merge", targets: mapping.targets })).toEqual({
    good: 3,
    bad: 1,
  });
  const { changeId } = await plan(importId);
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

test("one import has one unfinished change: a second plan is refused by its name, until the first has ended", async () => {
  const importId = await read("Email;Department\r\nann@contoso.com;Sales");
  const facts = { state: "read", openChange: null } as const;
  await expect(plan(importId)).rejects.toThrow(importCan.plan.whyNot(facts)?.cause);
  const { mapping, mode } = await getImport(owner, { importId });
  await checkImport(owner, { importId, mode, targets: mapping.targets });

  const planned = await Promise.allSettled([plan(importId), plan(importId)]);
  const first = planned.find((each) => each.status === "fulfilled")?.value;
  if (!first) throw new Error("No plan was made");
  const cause = importCan.plan.whyNot({ state: "checked", openChange: first.number })?.cause;
  expect(planned.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(plan(importId)).rejects.toThrow(cause);

  const second = await replanChange(owner, { changeId: first.changeId });
  await discardPlan(owner, { changeId: second.changeId });
  const third = await plan(importId);
  await expect(replanChange(owner, { changeId: first.changeId })).rejects.toThrow(`CHG-${third.number}`);
});
