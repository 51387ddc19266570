import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { getTenant } from "@/lib/tenants/data";
import { updateTenant } from "@/lib/tenants/mutations";
import { setRails, toHoldLimits } from "@/lib/tenants/rails-settings";
import { setHoldLimitsSchema, setSeatsSchema, setSwitchesSchema } from "@/lib/tenants/schema";
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
  const [row] = await ask<{ id: string }>(
    "INSERT INTO tenant (name, tenant_url, state) VALUES ('Acme', 'https://acme.example/scim/v2', 'healthy') RETURNING id",
  );
  tenantId = row?.id ?? "";
  ({ scope: owner } = await makeOperator(database, "owner"));
  ({ scope: technician } = await makeOperator(database, "technician", [tenantId]));
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

function ask<Row>(sql: string): Promise<Row[]> {
  return askAsOwner<Row>(database.ownerUrl, sql);
}

async function lastEvent(): Promise<Record<string, unknown>> {
  const [event] = await ask<{ body: string }>("SELECT body FROM event ORDER BY id DESC LIMIT 1");
  return JSON.parse(event?.body ?? "{}") as Record<string, unknown>;
}

const reason = "Agreed with the client";

test("a technician cannot change a rail that limits them", async () => {
  const before = await getTenant(owner, { tenantId });
  for (const rails of [{ archiveHoldMin: 1_000 }, { allowArchive: true }, { seats: null }]) {
    await expect(setRails(technician, { tenantId, reason, ...rails })).rejects.toMatchObject({
      code: "forbidden",
    });
  }
  // Not through the settings that they may change either: those they may only tighten.
  const pace = { name: "Acme", domains: [], rate: 1, inFlightMax: 1, visibleInMinutes: 60 };
  for (const faster of [{ rate: 5 }, { inFlightMax: 3 }]) {
    const [field = ""] = Object.keys(faster);
    await expect(updateTenant(technician, { tenantId, ...pace, ...faster })).rejects.toMatchObject({
      code: "forbidden",
      fields: { [field]: expect.stringContaining("Ask an owner") },
    });
  }
  await updateTenant(technician, { tenantId, ...pace });
  expect(await getTenant(owner, { tenantId })).toEqual({ ...before, ...pace, rateMax: 1 });
});

test("a changed rail is recorded with its old value, and the others stay", async () => {
  const limits = setHoldLimitsSchema.parse({
    tenantId,
    reason,
    archiveHoldMin: "5",
    archiveHoldPercent: "2.5",
    restoreHoldMin: "0",
    restoreHoldPercent: "0",
    removalHoldMin: "50",
    removalHoldPercent: "100",
  });
  await setRails(owner, { tenantId, reason, ...toHoldLimits(limits) });
  expect(await getTenant(technician, { tenantId })).toMatchObject({
    archiveHoldMin: 5,
    archiveHoldShare: 0.025,
    restoreHoldMin: 0,
    restoreHoldShare: 0,
    removalHoldMin: 50,
    removalHoldShare: 1,
    allowArchive: true,
    seats: null,
  });
  expect(await lastEvent()).toMatchObject({
    action: "tenant.rails_changed",
    reason,
    before: { archiveHoldMin: 3, archiveHoldShare: 0.1 },
    after: { archiveHoldMin: 5, archiveHoldShare: 0.025 },
  });

  await setRails(owner, setSwitchesSchema.parse({ tenantId, reason, allowCreate: "on", allowUpdate: "on" }));
  await setRails(owner, setSeatsSchema.parse({ tenantId, reason, seats: "120" }));
  expect(await getTenant(owner, { tenantId })).toMatchObject({
    allowCreate: true,
    allowUpdate: true,
    allowArchive: false,
    seats: 120,
    archiveHoldMin: 5,
  });
  expect(await lastEvent()).toMatchObject({ before: { seats: null }, after: { seats: 120 } });
});

test("unknown seats do not count as zero", () => {
  expect(setSeatsSchema.parse({ tenantId, reason, seats: " " }).seats).toBeNull();
  expect(setSeatsSchema.parse({ tenantId, reason, seats: "0" }).seats).toBe(0);
  expect(setSeatsSchema.safeParse({ tenantId, reason, seats: "many" }).success).toBe(false);
});
