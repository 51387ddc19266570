import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { getAbsences, getTenant, listAbsent } from "@/lib/tenants/data";
import { setMode } from "@/lib/tenants/mutations";
import type { SetMode } from "@/lib/tenants/schema";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";

let database: TestDatabase;
let owner: Scope;
let technician: Scope;
let tenantId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
  ({ scope: owner } = await makeOperator(database, "owner"));
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

/** A tenant after a read: five active people and one archived. */
beforeEach(async () => {
  const [tenant] = await ask<{ id: string }>(
    "INSERT INTO tenant (name, tenant_url, state) VALUES ('Acme', 'https://acme.example/' || gen_random_uuid(), 'healthy') RETURNING id",
  );
  tenantId = tenant?.id ?? "";
  ({ scope: technician } = await makeOperator(database, "technician", [tenantId]));
  await ask(
    "INSERT INTO directory_read (tenant_id, state, requested_by, active) VALUES ($1, 'complete', 'a test', 5)",
  );
  await ask("UPDATE tenant SET read_id = (SELECT id FROM directory_read WHERE tenant_id = $1) WHERE id = $1");
  await ask(
    `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
     SELECT $1, 'id-' || name, name || '@acme.example', name || '@acme.example', name, name <> 'gone', '{}', now()
       FROM unnest(ARRAY['ann', 'bob', 'cem', 'dee', 'eva', 'gone']) name`,
  );
});

function ask<Row>(sql: string): Promise<Row[]> {
  return askAsOwner<Row>(database.ownerUrl, sql, sql.includes("$1") ? [tenantId] : []);
}

/** The roster after adoption, plus a person who is not on it. */
async function adopt(names: string, isActive = true): Promise<void> {
  await ask(
    `INSERT INTO roster_entry (tenant_id, user_name_key, user_name, source, resource_id, active, updated_by)
     SELECT $1, name || '@acme.example', name || '@acme.example', 'inventory', 'id-' || name, ${isActive}, 'a test'
       FROM unnest('{${names}}'::text[]) name`,
  );
  await ask("UPDATE tenant SET adopted_at = now() WHERE id = $1");
}

const signed = {
  mode: "source",
  testMode: "off",
  reason: "Agreed with the client",
  absent: 0,
  name: "Acme",
} as const;

function choose(given: Partial<SetMode> = {}, scope = owner): Promise<void> {
  return setMode(scope, { tenantId, ...signed, ...given });
}

test("no tenant leaves observe before its inventory is adopted and the number of absences was confirmed", async () => {
  await expect(choose({ absent: 5 })).rejects.toMatchObject({
    fields: { mode: expect.stringContaining("adopted") },
  });
  await adopt("ann,bob,cem");
  for (const mode of ["source", "mixed"] as const) {
    for (const absent of [undefined, 0, 3]) {
      const refused = { fields: { absent: expect.stringContaining("would archive 2 active people") } };
      await expect(choose({ mode, absent })).rejects.toMatchObject(refused);
    }
  }
  const unsure = { absent: 2, testMode: "unknown" } as const;
  await expect(choose(unsure)).rejects.toMatchObject({ fields: { testMode: expect.any(String) } });
  for (const name of [undefined, "acme", ""]) {
    await expect(choose({ absent: 2, name })).rejects.toMatchObject({ fields: { name: expect.any(String) } });
  }
  await expect(choose({ absent: 2 }, technician)).rejects.toMatchObject({ code: "forbidden" });
  expect(await getTenant(owner, { tenantId })).toMatchObject({
    mode: "observe",
    testMode: null,
    signedAt: null,
  });

  await choose({ absent: 2 });
  expect(await getTenant(owner, { tenantId })).toMatchObject({
    mode: "source",
    testMode: false,
    signedAt: expect.any(Date),
    signedBy: "Test owner",
  });
  const [event] = await ask<{ body: string }>(
    "SELECT body FROM event WHERE action = 'tenant.mode_changed' AND tenant_id = $1",
  );
  expect(JSON.parse(event?.body ?? "")).toMatchObject({
    before: { mode: "observe" },
    after: { mode: "source", testMode: false },
    details: { active: 5, absent: 2 },
  });
});

test.each([
  ["the same people under the same ids", "'id-' || name", "one", true],
  ["the same token", "'other-' || name", "same", true],
  ["other people and another token, behind one address", "'other-' || name", "one", false],
])(
  "an account that was connected twice is written by one tenant: %s",
  async (_, resourceIds, token, isRefused) => {
    await adopt("ann,bob,cem,dee,eva");
    await ask(
      `INSERT INTO credential (tenant_id, version, fingerprint, created_by) VALUES ($1, 1, '${token}-' || gen_random_uuid(), 'a test')`,
    );
    const [twin] = await ask<{ id: string }>(
      "INSERT INTO tenant (name, tenant_url, state, mode) SELECT 'Twin', tenant_url, 'healthy', 'mixed' FROM tenant WHERE id = $1 RETURNING id",
    );
    await ask(
      `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
     SELECT '${twin?.id}', ${resourceIds}, name || '@acme.example', name || '@acme.example', name, true, '{}', now()
       FROM unnest(ARRAY['ann', 'bob']) name`,
    );
    if (token === "same")
      await ask(
        `INSERT INTO credential (tenant_id, version, fingerprint, created_by)
       SELECT '${twin?.id}', 1, fingerprint, 'a test' FROM credential WHERE tenant_id = $1`,
      );
    if (isRefused) {
      const refused = { fields: { mode: expect.stringContaining("already writes to this KnowBe4 account") } };
      await expect(choose()).rejects.toMatchObject(refused);
      await ask(`UPDATE tenant SET mode = 'observe' WHERE id = '${twin?.id}'`);
    }
    await choose();
    expect(await getTenant(owner, { tenantId })).toMatchObject({ mode: "source" });
  },
);

test("a tenant without a full read stays in observe", async () => {
  await adopt("ann,bob,cem,dee,eva");
  await ask("UPDATE tenant SET read_id = NULL WHERE id = $1");
  await expect(choose()).rejects.toMatchObject({
    fields: { mode: expect.stringContaining("not been fully read") },
  });
});

test("people without an active entry by link or address count as absent, if KnowBe4 would archive them", async () => {
  await adopt("ann");
  await adopt("bob", false);
  // Linked by resource id, although the address has changed since.
  await ask(
    "UPDATE directory_user SET user_name_key = 'ann.new@acme.example' WHERE tenant_id = $1 AND resource_id = 'id-ann'",
  );
  // The same address, not linked yet.
  await adopt("cem");
  await ask("UPDATE roster_entry SET resource_id = NULL WHERE tenant_id = $1 AND user_name_key LIKE 'cem@%'");
  await ask(
    `INSERT INTO person_guard (tenant_id, user_name_key, kind, note, created_by)
     VALUES ($1, 'dee@acme.example', 'excluded', 'a test', gen_random_uuid()),
            ($1, 'eva@acme.example', 'protected', 'a test', gen_random_uuid())`,
  );
  // bob left the roster, eva was never on it; protection is ours and KnowBe4 does not know of it.
  expect(await getAbsences(technician, { tenantId })).toEqual({ active: 5, absent: 2 });
  const absent = await listAbsent(technician, { tenantId, limit: 10 });
  expect(absent.map(({ userName }) => userName)).toEqual(["bob@acme.example", "eva@acme.example"]);
});

test("returning to observe removes the signature and ends automatic applying", async () => {
  await adopt("ann,bob,cem,dee,eva");
  await choose();
  await ask("UPDATE tenant SET reconciles = true WHERE id = $1");
  // A step down, and recording Test Mode again, need no signature.
  await choose({ mode: "mixed", absent: undefined, name: undefined });
  await choose({ mode: "mixed", testMode: "on", absent: undefined, name: undefined });
  expect(await getTenant(owner, { tenantId })).toMatchObject({
    signedBy: "Test owner",
    testMode: true,
    reconciles: true,
  });
  await expect(choose({ absent: undefined })).rejects.toMatchObject({
    fields: { absent: expect.any(String) },
  });

  await choose({ mode: "observe", absent: undefined, name: undefined });
  expect(await getTenant(owner, { tenantId })).toMatchObject({
    mode: "observe",
    signedAt: null,
    reconciles: false,
  });
  await expect(choose({ name: undefined })).rejects.toMatchObject({ fields: { name: expect.any(String) } });
});
