import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Scope, systemScope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { getRosterFacts, listEntries } from "@/lib/roster/data";
import type { OperatorDecision } from "@/lib/roster/entries/decide";
import { adoptInventory } from "@/lib/roster/mutations";
import { readDesired } from "@/lib/roster/entries/read-desired";
import { recordDecisions, recordListing } from "@/lib/roster/entries/record-entries";
import { listEventsOf, makeReadTenant } from "@/test/roster";
import { askAsOwner } from "@/test/ask-as-owner";
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

type FileRow = { key: string | null; fields?: object; groups?: string[]; isGood?: boolean; tenant?: null };

async function makeImport(mode: "merge" | "full", rows: FileRow[]): Promise<string> {
  const id = randomUUID();
  await ask(
    "INSERT INTO roster_import (id, file_name, state, mode, tenant_ids, requested_by) VALUES ($1, 'f.csv', 'checked', $2, $3, $4)",
    [id, mode, [tenantId], randomUUID()],
  );
  for (const [seq, { key, fields = {}, groups = [], isGood = true, tenant }] of rows.entries()) {
    await ask(
      `INSERT INTO import_row (import_id, seq, tenant_id, cells, user_name_key, fields, groups, is_good)
       VALUES ($1, $2, $3, '{}', $4, $5, $6, $7)`,
      [id, seq + 1, tenant === null ? null : tenantId, key, JSON.stringify(fields), groups, isGood],
    );
  }
  return id;
}

function desired(importId: string | null = null, keys: string[] | null = null) {
  return transaction(owner, (tx) => readDesired(tx, { tenantId, importId, keys }));
}

function record(importId: string) {
  return transaction(owner, (tx) =>
    recordListing(tx, owner, { tenantId, importId, changeId: randomUUID(), marksAbsence: true }),
  );
}

function decideOn(...people: OperatorDecision[]) {
  return transaction(owner, (tx) => recordDecisions(tx, owner, { tenantId, changeId: null, people }));
}

function eventsOf(action: string) {
  return listEventsOf(ask, tenantId, action);
}

test("adopting puts every account on the roster as it is, linked, and plans nothing for the tenant", async () => {
  expect(await adoptInventory(owner, { tenantId, reason: "Cut-over" })).toEqual({ adopted: 3, linked: 0 });
  const { roster } = await desired();
  expect(roster.accounts).toMatchObject([
    {
      userName: "Ana@acme.example",
      resourceId: "r-ana",
      active: true,
      values: { title: "Clerk", department: "Sales" },
      groups: ["Choir"],
    },
    { userName: "bo@acme.example", resourceId: "r-bo", active: true, values: {}, groups: [] },
    { userName: "cy@acme.example", resourceId: "r-cy", active: false, leaving: "left" },
  ]);
  expect(roster.managedGroups.size).toBe(0);
  expect(await getRosterFacts(owner, { tenantId })).toMatchObject({
    adoptedAt: expect.any(Date),
    entries: 3,
    active: 2,
    left: 1,
    fields: ["department", "title"],
    groups: ["Choir"],
  });
  expect(await eventsOf("roster.adopted")).toMatchObject([{ reason: "Cut-over", details: { adopted: 3 } }]);
});

test("adopting again changes nobody, and links people whom another source added", async () => {
  await decideOn({ userName: "ANA@acme.example", resourceId: null, fields: { title: "Boss" } });
  expect(await adoptInventory(owner, { tenantId, reason: "Cut-over" })).toEqual({ adopted: 2, linked: 1 });
  const read = () =>
    ask("SELECT * FROM roster_entry WHERE tenant_id = $1 ORDER BY user_name_key", [tenantId]);
  const before = await read();
  expect(before[0]).toMatchObject({
    source: "operator",
    fields: {},
    overrides: { title: "Boss" },
    resource_id: "r-ana",
  });
  expect(await adoptInventory(owner, { tenantId, reason: "Again" })).toEqual({ adopted: 0, linked: 0 });
  expect(await read()).toEqual(before);
});

test("a directory without a full read is not adopted", async () => {
  await ask("UPDATE tenant SET read_id = NULL WHERE id = $1", [tenantId]);
  await expect(adoptInventory(owner, { tenantId, reason: "Cut-over" })).rejects.toThrow(
    "Nothing was adopted",
  );
  expect((await listEntries(owner, { tenantId })).rows).toEqual([]);
});

test("a full file shows its effect, and writes exactly that when it is recorded", async () => {
  await adoptInventory(owner, { tenantId, reason: "Cut-over" });
  const importId = await makeImport("full", [
    { key: "ana@acme.example", fields: { title: "Chief", shoeSize: "38" } },
    { key: "new@acme.example", fields: { userName: "New@acme.example" }, groups: ["Staff"] },
  ]);
  const { roster, listing } = await desired(importId);
  expect(listing).toEqual({ source: "csv", mark: "complete", entries: 2, previous: 2 });
  expect(roster.accounts).toMatchObject([
    { userNameKey: "ana@acme.example", values: { title: "Chief", department: "Sales" }, groups: ["Choir"] },
    { userNameKey: "bo@acme.example", active: false, leaving: "absent" },
    { userNameKey: "cy@acme.example", leaving: "left" },
    { userName: "New@acme.example", resourceId: null, active: true, groups: ["Staff"] },
  ]);
  expect((await getRosterFacts(owner, { tenantId })).absent).toBe(0);
  await record(importId);
  expect((await desired()).roster.accounts).toEqual(roster.accounts);
  expect(
    await ask("SELECT source, mark, entries, previous FROM roster_listing WHERE tenant_id = $1", [tenantId]),
  ).toEqual([listing]);
  expect(await eventsOf("roster.listed")).toMatchObject([{ result: "complete", details: { changed: 4 } }]);
  expect((await desired(importId)).listing).toMatchObject({ entries: 2, previous: 2 });
});

test.for<[string, FileRow]>([
  ["a bad row of the tenant", { key: "bo@acme.example", isGood: false }],
  ["a row that names no tenant", { key: null, isGood: false, tenant: null }],
])("a full file with %s marks nobody absent", async ([, bad]) => {
  await adoptInventory(owner, { tenantId, reason: "Cut-over" });
  const { roster, listing } = await desired(await makeImport("full", [{ key: "ana@acme.example" }, bad]));
  expect(listing?.mark).toBe("incomplete");
  expect(roster.accounts.map(({ leaving }) => leaving)).toEqual([null, null, "left"]);
});

test("a merged file concerns only the people it names", async () => {
  await adoptInventory(owner, { tenantId, reason: "Cut-over" });
  const importId = await makeImport("merge", [{ key: "bo@acme.example", fields: { title: "Clerk" } }]);
  const { roster, listing } = await desired(importId);
  expect(listing).toEqual({ source: "csv", mark: "delta", entries: 1, previous: 2 });
  expect(roster.accounts).toMatchObject([{ userNameKey: "bo@acme.example", values: { title: "Clerk" } }]);
  await record(importId);
  expect((await desired()).roster.accounts.map(({ leaving }) => leaving)).toEqual([null, null, "left"]);
});

test("only the requested people are returned when keys are given, with a file or without", async () => {
  await adoptInventory(owner, { tenantId, reason: "Cut-over" });
  const file = [{ key: "ana@acme.example" }, { key: "new@acme.example" }];
  const [full, merge] = [await makeImport("full", file), await makeImport("merge", file)];
  const keysOf = async (importId: string | null, ...keys: string[]) =>
    (await desired(importId, keys)).roster.accounts.map(({ userNameKey, leaving }) => [userNameKey, leaving]);
  expect(await keysOf(null, "bo@acme.example", "who@acme.example")).toEqual([["bo@acme.example", null]]);
  expect(await keysOf(full, "bo@acme.example")).toEqual([["bo@acme.example", "absent"]]);
  expect(await keysOf(merge, "new@acme.example", "bo@acme.example")).toEqual([["new@acme.example", null]]);
  expect((await desired(full, ["bo@acme.example"])).listing?.entries).toBe(2);
});

test.for(["full", "merge"] as const)(
  "in a %s file a new address with a known id is the same person",
  async (mode) => {
    await ask(
      `UPDATE directory_user SET attributes = attributes || '{"externalId":"17"}' WHERE tenant_id = $1 AND resource_id = 'r-ana'`,
      [tenantId],
    );
    await adoptInventory(owner, { tenantId, reason: "Cut-over" });
    const importId = await makeImport(mode, [{ key: "ana.new@acme.example", fields: { externalId: "17" } }]);
    const { accounts } = (await desired(importId)).roster;
    const ana = { userNameKey: "ana.new@acme.example", resourceId: "r-ana", leaving: null };
    expect(accounts[0]).toMatchObject({ ...ana, values: { title: "Clerk", externalId: "17" } });
    await record(importId);
    const recorded = (await desired()).roster.accounts;
    expect(recorded.slice(0, accounts.length)).toEqual(accounts);
    expect(recorded).toHaveLength(3);
    await decideOn({ userName: "ana@acme.example", resourceId: "r-ana", fields: { title: "Boss" } });
    expect((await desired()).roster.accounts[0]).toMatchObject({ ...ana, values: { title: "Boss" } });
    expect((await desired()).roster.accounts).toHaveLength(3);
  },
);

test("another tenant's file is not found", async () => {
  const importId = await makeImport("full", [{ key: "ana@acme.example" }]);
  tenantId = await makeReadTenant(ask);
  await expect(desired(importId)).rejects.toThrow("does not exist");
});

test("operators' values are kept beside the source's, and are one event", async () => {
  await adoptInventory(owner, { tenantId, reason: "Cut-over" });
  await decideOn(
    {
      userName: "ana@acme.example",
      resourceId: "r-ana",
      fields: { title: null },
      joins: ["Staff"],
      leaves: ["choir"],
    },
    { userName: "Eve@acme.example", resourceId: null, fields: { title: "Clerk" } },
    { userName: "bo@acme.example", resourceId: "r-bo", active: false },
  );
  const { accounts } = (await desired()).roster;
  expect(accounts[0]).toMatchObject({ values: { title: null, department: "Sales" }, groups: ["Staff"] });
  expect(accounts[1]).toMatchObject({ userNameKey: "bo@acme.example", leaving: "left" });
  expect(accounts[3]).toMatchObject({ userName: "Eve@acme.example", values: { title: "Clerk" } });
  expect(await eventsOf("roster.changed")).toMatchObject([{ details: { people: 3, added: 1 } }]);
});

test("a worker reads a roster's wanted people and records decisions, only in its own tenants", async () => {
  await adoptInventory(owner, { tenantId, reason: "Cut-over" });
  const other = await makeReadTenant(ask);
  const importId = await makeImport("full", [{ key: "ana@acme.example" }]);
  await closeDatabase();
  connectDatabase(database.workerUrl);
  try {
    const scope = systemScope("worker", [tenantId]);
    await transaction(scope, async (tx) => {
      await recordListing(tx, scope, { tenantId, importId, changeId: randomUUID(), marksAbsence: true });
      await recordDecisions(tx, scope, {
        tenantId,
        changeId: null,
        people: [{ userName: "ana@acme.example", resourceId: null, fields: { title: "Boss" } }],
      });
      const { roster } = await readDesired(tx, { tenantId, importId: null });
      expect(roster.accounts.map(({ leaving }) => leaving)).toEqual([null, "absent", "left"]);
      const foreign = await readDesired(tx, { tenantId: other, importId: null });
      expect(foreign.roster.accounts).toEqual([]);
    });
    await expect(
      transaction(scope, (tx) =>
        recordDecisions(tx, scope, {
          tenantId: other,
          changeId: null,
          people: [{ userName: "eve@acme.example", resourceId: null }],
        }),
      ),
    ).rejects.toThrow();
  } finally {
    await closeDatabase();
    connectDatabase(database.webUrl);
  }
});
