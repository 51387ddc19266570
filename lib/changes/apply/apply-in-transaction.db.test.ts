import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { getChange } from "@/lib/changes/data";
import { applyChange, discardPlan, planChange, replanChange } from "@/lib/changes/mutations";
import { approveHeld } from "@/lib/changes/steering/approve-held";
import { closeSender } from "@/lib/queue/boss";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";

/* Between the plan and the first byte: only what an operator saw and applied is queued. */

let database: TestDatabase;
let asker: Scope;
let colleague: Scope;
let tenantId: string;
const reason = "A test asks for it";
const rows = <Row>(sql: string, values: unknown[] = []) => askAsOwner<Row>(database.ownerUrl, sql, values);

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.webUrl;
  connectDatabase(database.webUrl);
  // plan-rails.db.test.ts tests the limits of the fleet.
  await rows("UPDATE fleet SET hold_min = 1000");
  ({ scope: asker } = await makeOperator(database, "owner"));
  ({ scope: colleague } = await makeOperator(database, "owner"));
});
afterAll(async () => {
  await closeSender();
  await closeDatabase();
  await database?.drop();
});

/** A tenant of ten people, in which two archives a day pass and a third is held. */
beforeEach(async () => {
  tenantId = await makeTenant();
});

async function makeTenant(): Promise<string> {
  const [id, readId] = [randomUUID(), randomUUID()];
  await rows(
    `INSERT INTO tenant (id, name, tenant_url, mode, state, archive_hold_min, archive_hold_share, read_id)
     VALUES ($1, 'Acme', 'https://acme.example', 'source', 'healthy', 2, 0, $2)`,
    [id, readId],
  );
  await rows(
    "INSERT INTO directory_read (id, tenant_id, state, requested_by, finished_at) VALUES ($1, $2, 'complete', 'test', now())",
    [readId, id],
  );
  await rows(
    `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
     SELECT $1, 'u' || n, 'p' || n || '@acme.example', 'p' || n || '@acme.example', 'Person ' || n, true, '{}', now() FROM generate_series(1, 10) n`,
    [id],
  );
  return id;
}

async function offboard(from: number, to: number, tenantIds: string[] = [tenantId]) {
  const accounts = tenantIds.flatMap((id) =>
    Array.from({ length: to - from + 1 }, (_, index) => ({
      tenantId: id,
      resourceId: `u${from + index}`,
      userName: `p${from + index}@acme.example`,
    })),
  );
  const { changeId } = await planChange(asker, {
    intent: { kind: "offboard", accounts },
    reason,
    ticket: null,
  });
  return { changeId, planHash: (await getChange(asker, { changeId })).planHash };
}

async function standsAt({ changeId }: { changeId: string }) {
  const { state, counts } = await getChange(asker, { changeId });
  return { state, ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)) };
}

test("applying a plan twice at the same moment queues it once", async () => {
  const plan = await offboard(1, 2);
  await Promise.all([applyChange(asker, plan), applyChange(asker, plan), applyChange(colleague, plan)]);
  expect(await standsAt(plan)).toEqual({ state: "applying", queued: 2 });
  expect(
    await rows("SELECT FROM event WHERE action = 'change.applied' AND change_id = $1", [plan.changeId]),
  ).toHaveLength(1);
  expect(await rows("SELECT FROM pgboss.job WHERE data ->> 'tenantId' = $1", [tenantId])).toHaveLength(1);
});

test.each([
  [
    "somebody was archived meanwhile",
    "UPDATE directory_user SET active = false WHERE tenant_id = $1 AND resource_id = 'u1'",
  ],
  ["the tenant is observed now", "UPDATE tenant SET mode = 'observe' WHERE id = $1"],
  ["a limit was lowered", "UPDATE tenant SET archive_hold_min = 1 WHERE id = $1"],
])("a plan is not applied when %s", async (_name, sql) => {
  const plan = await offboard(1, 2);
  await rows(sql, [tenantId]);
  await expect(applyChange(asker, plan)).rejects.toThrow("Plan it again");
  expect(await standsAt(plan)).toEqual({ state: "ready", planned: 2 });
});

test("an apply with another plan's hash, or of a plan from yesterday, is refused", async () => {
  const plan = await offboard(1, 2);
  const other = await offboard(3, 4);
  await expect(applyChange(asker, { ...plan, planHash: other.planHash })).rejects.toThrow("Nothing was sent");
  await rows("UPDATE change SET expires_at = now() WHERE id = $1", [plan.changeId]);
  await expect(applyChange(asker, plan)).rejects.toThrow("older than a day");
});

test("of two plans that are each below the limit and together above it, one is applied", async () => {
  const plans = [await offboard(1, 2), await offboard(3, 4)];
  const ended = await Promise.allSettled(plans.map((plan) => applyChange(asker, plan)));
  expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(
    await rows("SELECT FROM operation WHERE tenant_id = $1 AND state = 'queued'", [tenantId]),
  ).toHaveLength(2);
});

test("held operations are approved by another operator, never by the requester, and the rest of the plan is applied with them", async () => {
  const calm = await makeTenant();
  const accounts = [1, 2, 3].map((n) => ({ tenantId, resourceId: `u${n}`, userName: `p${n}@acme.example` }));
  const intent = {
    kind: "offboard" as const,
    accounts: [...accounts, { tenantId: calm, resourceId: "u1", userName: "p1@acme.example" }],
  };
  const { changeId } = await planChange(asker, { intent, reason, ticket: null });
  const plan = { changeId, planHash: (await getChange(asker, { changeId })).planHash };
  expect(await standsAt(plan)).toEqual({ state: "ready", held: 3, planned: 1 });
  await expect(approveHeld(asker, { ...plan, reason })).rejects.toThrow("another operator");
  await approveHeld(colleague, { ...plan, reason });
  expect(await standsAt(plan)).toEqual({ state: "applying", queued: 4 });
});

test("held operations of an applied plan whose run continues or has ended are approved with an event", async () => {
  for (const runState of ["running", "done"]) {
    tenantId = await makeTenant();
    const held = await offboard(1, 3, [tenantId]);
    // As while, or after, the lines that were not held are applied.
    await rows("UPDATE change SET state = 'applying', applied_at = now() WHERE id = $1", [held.changeId]);
    await rows(
      "UPDATE run SET state = $2, queued_at = now(), lease_until = now() + interval '1 hour' WHERE change_id = $1",
      [held.changeId, runState],
    );
    await approveHeld(colleague, { ...held, reason });
    expect(await standsAt(held)).toEqual({ state: "applying", queued: 3 });
    const [run] = await rows<{ state: string }>("SELECT state FROM run WHERE change_id = $1", [
      held.changeId,
    ]);
    expect(run?.state).toBe(runState === "running" ? "running" : "queued");
    expect(
      await rows("SELECT FROM event WHERE action = 'change.held_approved' AND change_id = $1", [
        held.changeId,
      ]),
    ).toHaveLength(1);
  }
});

test("a discarded plan is neither applied nor approved, and an applied one cannot be discarded", async () => {
  const given = await offboard(1, 2);
  await discardPlan(asker, given);
  await discardPlan(asker, given);
  expect((await getChange(asker, given)).steered).toEqual({ by: asker.actor.name, reason: null });
  await expect(applyChange(asker, given)).rejects.toThrow("discarded");
  await expect(approveHeld(colleague, { ...given, reason })).rejects.toThrow("discarded");
  expect(await standsAt(given)).toEqual({ state: "cancelled", cancelled: 2 });
  const applied = await offboard(1, 2);
  await applyChange(asker, applied);
  await expect(discardPlan(asker, applied)).rejects.toThrow("being applied");
  expect(await standsAt(applied)).toEqual({ state: "applying", queued: 2 });
});

test("planning again makes a new change, and the old one can no longer be applied", async () => {
  const old = await offboard(1, 2);
  await rows("UPDATE directory_user SET active = false WHERE tenant_id = $1 AND resource_id = 'u1'", [
    tenantId,
  ]);
  const { changeId } = await replanChange(asker, old);
  expect(await standsAt({ changeId })).toEqual({ state: "ready", planned: 1 });
  expect(await standsAt(old)).toEqual({ state: "expired", cancelled: 2 });
  await expect(applyChange(asker, old)).rejects.toThrow("expired");
});
