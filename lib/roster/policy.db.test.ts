import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { listEntries, listGuards, previewScope, samplePerson } from "@/lib/roster/data";
import {
  addGuards,
  adoptInventory,
  importExclusions,
  removeGuard,
  savePolicy,
  setEntry,
} from "@/lib/roster/mutations";
import { defaultPolicy, type RosterPolicy } from "@/lib/roster/policy/policy";
import { readDesired } from "@/lib/roster/entries/read-desired";
import { readGuards } from "@/lib/roster/entries/read-guards";
import { readPolicy } from "@/lib/roster/policy/read-policy";
import { listEventsOf, makeReadTenant } from "@/test/roster";
import { askAsOwner } from "@/test/ask-as-owner";
import { inPieces } from "@/test/csv";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";

let database: TestDatabase;
let owner: Scope;
/** A separate tenant for every test. */
let tenantId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
  owner = (await makeOperator(database, "owner")).scope;
});
afterAll(async () => {
  await closeDatabase();
  await database?.drop();
});
beforeEach(async () => {
  tenantId = await makeReadTenant(ask);
});

function ask<Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return askAsOwner<Row>(database.ownerUrl, sql, values);
}

function desired() {
  return transaction(owner, (tx) => readDesired(tx, { tenantId, importId: null }));
}

function eventsOf(action: string) {
  return listEventsOf(ask, tenantId, action);
}

function salesScope(): RosterPolicy["scoping"] {
  return { anyOf: [[{ kind: "compare", field: "department", is: "equal", value: "Sales" }]] };
}

test("a policy is saved over the version that was seen, part by part, and the changes are recorded", async () => {
  const version = async () =>
    (await ask<{ version: number }>("SELECT version FROM roster_policy"))[0]?.version;
  const rules = {
    ...defaultPolicy.mapping.rules,
    lastPasswordChangeDateTime: {
      ...defaultPolicy.mapping.rules.lastPasswordChangeDateTime,
      expression: null,
    },
  };
  const save = { tenantId, version: 0, confirmedOut: 0 };
  expect(await savePolicy(owner, { ...save, mapping: { rules } })).toEqual({ version: 1 });
  await expect(savePolicy(owner, { ...save, grouping: defaultPolicy.grouping })).rejects.toThrow(
    "Reload the page",
  );
  const grouping = { ...defaultPolicy.grouping, others: "none" as const };
  expect(await savePolicy(owner, { ...save, version: 1, grouping })).toEqual({ version: 2 });
  expect(await transaction(owner, (tx) => readPolicy(tx, tenantId))).toEqual({
    mapping: { rules },
    scoping: defaultPolicy.scoping,
    grouping,
  });
  expect(await savePolicy(owner, { ...save, version: 2, mapping: { rules }, grouping })).toEqual({
    version: 2,
  });
  expect(await version()).toBe(2);
  expect(await eventsOf("policy.changed")).toMatchObject([
    { details: { changes: [{ part: "mapping of lastPasswordChangeDateTime" }] } },
    { details: { changes: [{ part: "other groups", was: "same", is: "none" }] } },
  ]);
});

test("a scope that people leave is saved only when their number was confirmed", async () => {
  await adoptInventory(owner, { tenantId, reason: "Cut-over" });
  const scoping = salesScope();
  expect(await previewScope(owner, { tenantId, scoping })).toEqual({
    out: 1,
    in: 0,
    stay: 1,
    outPeople: ["bo@acme.example"],
    inPeople: [],
  });
  const save = { tenantId, version: 0, scoping };
  await expect(savePolicy(owner, { ...save, confirmedOut: 0 })).rejects.toThrow(
    "1 of the people who are in scope now",
  );
  expect((await desired()).roster.accounts.map(({ leaving }) => leaving)).toEqual([null, null, "left"]);
  await savePolicy(owner, { ...save, confirmedOut: 1 });
  expect((await desired()).roster.accounts.map(({ leaving }) => leaving)).toEqual([
    null,
    "out-of-scope",
    "left",
  ]);
});

test("KnowBe4's file excludes the people it marks as not managed, and no line is planned for them", async () => {
  await adoptInventory(owner, { tenantId, reason: "Cut-over" });
  const file = "Email,Provisioning Managed\nANA@acme.example,FALSE\nbo@acme.example,TRUE\nx,FALSE";
  const input = { tenantId, note: "Service account", encoding: null, delimiter: null };
  const take = () => importExclusions(owner, input, inPieces(Buffer.from(file)));
  expect(await take()).toMatchObject({
    added: 1,
    known: 0,
    managed: 1,
    problems: [{ row: 4 }],
  });
  expect(await take()).toMatchObject({ added: 0, known: 1 });
  expect(await transaction(owner, (tx) => readGuards(tx, [tenantId]))).toEqual([
    { tenantId, userNameKey: "ana@acme.example", kind: "excluded" },
  ]);
  const { roster } = await desired();
  expect(roster.accounts.map(({ userNameKey }) => userNameKey)).toEqual([
    "bo@acme.example",
    "cy@acme.example",
  ]);
  expect(roster.excluded).toEqual(new Set(["ana@acme.example"]));
  expect(await eventsOf("guard.added")).toMatchObject([
    { target: "ana@acme.example", result: "excluded", reason: "Service account" },
  ]);
});

test("an operator sets a value, returns it to the source, and cannot set one that is never written", async () => {
  await adoptInventory(owner, { tenantId, reason: "Cut-over" });
  const ana = { tenantId, userName: "ana@acme.example", fields: {}, forget: [], reason: "A test" };
  await setEntry(owner, {
    ...ana,
    fields: { title: "Boss", lastPasswordChangeDateTime: "2026-01-01T00:00:00Z" },
  });
  const title = async () =>
    (await samplePerson(owner, { tenantId, userNameKey: "ana@acme.example" })).attributes.find(
      ({ key }) => key === "title",
    );
  expect(await title()).toMatchObject({ value: "Boss", origin: "operator" });
  expect((await listEntries(owner, { tenantId, state: "overridden" })).rows).toMatchObject([
    { overrides: 2 },
  ]);
  await setEntry(owner, { ...ana, forget: ["title"] });
  expect(await title()).toMatchObject({ value: "Clerk", origin: "rule" });
  const rules = { ...defaultPolicy.mapping.rules };
  rules.title = { ...rules.title, isProtected: true };
  await savePolicy(owner, { tenantId, version: 0, mapping: { rules }, confirmedOut: 0 });
  await expect(setEntry(owner, { ...ana, fields: { title: "Chief" } })).rejects.toThrow("never writes");
  await expect(setEntry(owner, { ...ana, userName: "nobody" })).rejects.toThrow("not an e-mail address");
});

test("a list of the roster is paged by key and filtered", async () => {
  await ask(
    `INSERT INTO roster_entry (tenant_id, user_name_key, user_name, source, active, updated_by)
     SELECT $1, 'p' || lpad(n::text, 4, '0') || '@acme.example', 'P' || lpad(n::text, 4, '0') || '@acme.example', 'csv', n % 2 = 0, 'test'
       FROM generate_series(1, 150) AS n`,
    [tenantId],
  );
  const first = await listEntries(owner, { tenantId });
  expect(first.rows).toHaveLength(100);
  const second = await listEntries(owner, { tenantId, after: first.next ?? "" });
  expect(second).toMatchObject({ next: null, rows: { length: 50 } });
  expect(second.rows[0]?.userName).toBe("P0101@acme.example");
  expect(
    (await listEntries(owner, { tenantId, text: "p001", state: "left", source: "csv" })).rows,
  ).toHaveLength(5);
});

test("a guard is added once, keeps its note, and is removed with a reason", async () => {
  const input = { tenantId, kind: "protected" as const, addresses: ["Ana@acme.example", "ana@acme.example"] };
  expect(await addGuards(owner, { ...input, note: "The director" })).toEqual({ added: 1 });
  expect(await addGuards(owner, { ...input, note: "Somebody" })).toEqual({ added: 0 });
  const guard = { userNameKey: "ana@acme.example", kind: "protected" as const };
  expect((await listGuards(owner, { tenantId, text: "ANA" })).rows).toMatchObject([
    { ...guard, note: "The director", createdBy: "Test owner" },
  ]);
  await removeGuard(owner, { tenantId, ...guard, reason: "Retired" });
  await removeGuard(owner, { tenantId, ...guard, reason: "Again" });
  expect((await listGuards(owner, { tenantId })).rows).toEqual([]);
  expect(await eventsOf("guard.removed")).toMatchObject([{ target: "ana@acme.example", reason: "Retired" }]);
});
