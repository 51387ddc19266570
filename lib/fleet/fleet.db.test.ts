import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { setFleetLimits } from "@/lib/fleet/mutations";
import { resumeFleet, stopFleet } from "@/lib/fleet/stop-fleet";
import { getFleetDay, getFleet } from "@/lib/fleet/data";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";

let database: TestDatabase;
let owner: Scope;
let technician: Scope;
let auditor: Scope;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
  ({ scope: owner } = await makeOperator(database, "owner"));
  ({ scope: technician } = await makeOperator(database, "technician"));
  ({ scope: auditor } = await makeOperator(database, "auditor"));
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(() => resumeFleet(owner, { reason: "A test begins" }));

function ask<Row>(sql: string): Promise<Row[]> {
  return askAsOwner<Row>(database.ownerUrl, sql);
}

const eventsOfFleet = () =>
  ask<{ body: string }>("SELECT body FROM event WHERE action LIKE 'fleet.%' ORDER BY id").then((rows) =>
    rows.map(
      ({ body }) => JSON.parse(body) as { action: string; reason: string; before?: unknown; after?: unknown },
    ),
  );

test("the stop button is recorded once, and only an owner resumes", async () => {
  const already = (await eventsOfFleet()).length;
  await Promise.all([
    stopFleet(technician, { reason: "A wrong file went out" }),
    stopFleet(technician, { reason: "A wrong file went out" }),
  ]);
  await stopFleet(owner, { reason: "Me too" });
  expect(await getFleet(auditor)).toMatchObject({
    stoppedAt: expect.any(Date),
    stoppedBy: "Test technician",
    stopReason: "A wrong file went out",
  });
  expect(
    await ask("SELECT state, times, detail FROM issue WHERE code = 'fleet-stopped' AND state = 'open'"),
  ).toEqual([{ state: "open", times: 1, detail: "Test technician: A wrong file went out" }]);

  await expect(resumeFleet(technician, { reason: "It is fine" })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await getFleet(owner)).stoppedAt).not.toBeNull();
  await resumeFleet(owner, { reason: "The file was taken back" });
  expect(await getFleet(technician)).toMatchObject({ stoppedAt: null, stoppedBy: null, stopReason: null });
  expect(await ask("SELECT FROM issue WHERE code = 'fleet-stopped' AND state = 'open'")).toEqual([]);

  expect((await eventsOfFleet()).slice(already)).toMatchObject([
    { action: "fleet.stopped", reason: "A wrong file went out" },
    {
      action: "fleet.resumed",
      reason: "The file was taken back",
      before: { stoppedBy: "Test technician", stopReason: "A wrong file went out" },
    },
  ]);
});

test("an operator who may only read cannot stop the fleet", async () => {
  await expect(stopFleet(auditor, { reason: "I think so" })).rejects.toMatchObject({ code: "forbidden" });
  expect((await getFleet(owner)).stoppedAt).toBeNull();
});

test("only an owner changes the fleet's limits, and the log keeps the old ones", async () => {
  const limits = { holdMin: 20, holdPercent: 2.5, reason: "Twelve clients offboard together" };
  await expect(setFleetLimits(technician, limits)).rejects.toMatchObject({ code: "forbidden" });
  await setFleetLimits(owner, limits);
  expect(await getFleet(technician)).toMatchObject({ holdMin: 20, holdShare: 0.025 });
  expect((await eventsOfFleet()).at(-1)).toMatchObject({
    action: "fleet.limits_changed",
    before: { holdMin: 3, holdShare: 0.1 },
    after: { holdMin: 20, holdShare: 0.025 },
  });
});

test("a technician without a tenant gets the sums of the fleet's day", async () => {
  await ask(
    `WITH elsewhere AS (INSERT INTO tenant (name, tenant_url, state) VALUES ('Elsewhere', 'https://elsewhere.example', 'healthy')
                        RETURNING id)
     INSERT INTO directory_read (tenant_id, state, requested_by, active) SELECT id, 'complete', 'a test', 70 FROM elsewhere`,
  );
  await ask("UPDATE tenant t SET read_id = (SELECT r.id FROM directory_read r WHERE r.tenant_id = t.id)");
  expect(await getFleetDay(technician)).toEqual({ active: 70, archives: 0, restores: 0, removals: 0 });
});
