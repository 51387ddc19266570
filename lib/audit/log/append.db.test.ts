import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendEvent, appendEvents } from "@/lib/audit/log/append";
import { leafOf } from "@/lib/audit/log/chain";
import { as, createLogUnderTest, type LogUnderTest, query, rows, testScope } from "@/test/audit-log";
import { systemScope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";

let log: LogUnderTest;
beforeAll(async () => {
  log = await createLogUnderTest();
});
afterAll(() => log.end());

const tenantId = "0b5c9d7e-1f2a-4b3c-8d4e-5f6a7b8c9d0e";
const changeId = "6f1e2d3c-4b5a-4968-8776-655443322110";

test("the database copies time, leaf and filter columns out of the body, in the order of writing", async () => {
  await log.append(
    { action: "tenant.paused", tenantId: tenantId.toUpperCase(), target: "Contoso “Legal”" },
    { action: "change.planned", changeId, target: "CHG-1042", after: { höhe: 1.5, leer: null } },
  );
  const written = await rows(
    log.ownerUrl,
    `SELECT id, body, encode(leaf, 'hex') AS leaf, action, actor_id, tenant_id, change_id,
       to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at_text FROM event ORDER BY id`,
  );
  expect(written).toMatchObject([
    { action: "tenant.paused", actor_id: "test", tenant_id: tenantId, change_id: null },
    { action: "change.planned", actor_id: "test", tenant_id: null, change_id: changeId },
  ]);
  for (const { id, body, at_text, leaf } of written)
    expect(leafOf({ id: Number(id), body: String(body), atText: String(at_text) })).toBe(leaf);
});

test("a change whose event cannot be written is rolled back", async () => {
  const grant = "GRANT INSERT (body) ON event TO rollcall_web";
  await query(log.ownerUrl, "REVOKE INSERT (body) ON event FROM rollcall_web");
  try {
    const renaming = as(log.webUrl, () =>
      transaction(testScope, async (tx) => {
        await tx.tenant.create({ data: { name: "Contoso", tenantUrl: "https://contoso.example/scim/v2" } });
        await appendEvent(tx, testScope, { action: "tenant.connected", target: "Contoso" });
      }),
    );
    await expect(renaming).rejects.toThrow(/permission denied/);
  } finally {
    await query(log.ownerUrl, grant);
  }
  expect(await rows(log.ownerUrl, "SELECT FROM tenant")).toEqual([]);
});

test("an event of a tenant outside the scope is refused", async () => {
  const scope = systemScope("test", [changeId]);
  const event = { action: "tenant.paused", tenantId, target: "Contoso" } as const;
  const writing = as(log.webUrl, () => transaction(scope, (tx) => appendEvents(tx, scope, [event])));
  await expect(writing).rejects.toThrow(/row-level security/);
});

describe.each(["webUrl", "workerUrl"] as const)("with the rights of %s", (url) => {
  const body = `'{"action":"tenant.paused","target":"x"}'`;
  test.each([
    "UPDATE event SET body = body",
    "DELETE FROM event",
    "TRUNCATE event",
    "ALTER TABLE event DISABLE TRIGGER ALL",
    "ALTER TABLE event DISABLE TRIGGER append_only",
    "ALTER TABLE event DISABLE ROW LEVEL SECURITY",
    "DROP TABLE event",
    "SET session_replication_role = replica",
    "SET ROLE rollcall_owner",
    `INSERT INTO event (id, body) VALUES (-1, ${body})`,
    `INSERT INTO event (body, at) VALUES (${body}, '2020-01-01')`,
    `INSERT INTO event (body, leaf) VALUES (${body}, '\\x00')`,
    `INSERT INTO event (body, actor_id) VALUES (${body}, 'somebody')`,
    "COPY event FROM PROGRAM 'true'",
    "DELETE FROM event_pending",
    "INSERT INTO event_pending VALUES (1)",
    "INSERT INTO event_link VALUES (1, 1, '\\x00', '\\x00')",
    "DELETE FROM event_link",
    "INSERT INTO seal VALUES (1, 1, '\\x00', 'x', 'x', now())",
    "DELETE FROM seal",
    "CREATE OR REPLACE FUNCTION event_complete() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'",
  ])("%s is refused", async (statement) => {
    await expect(query(log[url], statement)).rejects.toThrow(
      /permission denied|must be owner|must be member/,
    );
  });
});

test("the owner of the tables is refused too, until the guards are disabled", async () => {
  for (const statement of ["UPDATE event SET body = body", "DELETE FROM event_link", "TRUNCATE seal"])
    await expect(query(log.ownerUrl, statement)).rejects.toThrow(/append-only/);
});
