import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Scope, systemScope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { applyInTransaction } from "@/lib/changes/apply/apply-in-transaction";
import { getChange } from "@/lib/changes/data";
import type { Intent } from "@/lib/changes/model/intent";
import { applyChange, discardPlan, planChange, replanChange } from "@/lib/changes/mutations";
import { approveHeld } from "@/lib/changes/steering/approve-held";
import { planInTransaction } from "@/lib/changes/plan/plan-in-transaction";
import { expirePlans } from "@/lib/changes/issues/held-issue";
import { adoptInventory } from "@/lib/roster/mutations";
import { makeOperator } from "@/test/scope";
import {
  addImport,
  addTenant,
  type ImportedPerson,
  offboardOf,
  openPlanning,
  type Planning,
} from "@/test/planning";

/* The rails between a wrong list and a hundred people: with a real database, and no tenant to send anything to. */

let planning: Planning;
let asker: Scope;
let colleague: Scope;
const reason = "A test asks for it";

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: asker } = await makeOperator(planning.database, "owner"));
  ({ scope: colleague } = await makeOperator(planning.database, "owner"));
});
afterAll(() => planning?.close());

function plan(intent: Intent, scope = asker) {
  return planChange(scope, { intent, reason, ticket: null });
}

async function apply(intent: Intent) {
  const planned = await plan(intent);
  await applyChange(asker, planned);
  return planned;
}

/** Operations of a change by kind, state and reason, counted. */
async function linesOf({ changeId }: { changeId: string }): Promise<Record<string, number>> {
  const rows = await planning.rows<{ line: string; count: number }>(
    `SELECT concat_ws(' ', kind, state, reason) AS line, count(*)::int AS count FROM operation
      WHERE change_id = $1 GROUP BY 1 ORDER BY 1`,
    [changeId],
  );
  return Object.fromEntries(rows.map(({ line, count }) => [line, count]));
}

function openIssues(tenantId: string) {
  return planning.rows<{ code: string; subject: string }>(
    "SELECT code, subject FROM issue WHERE tenant_id = $1 AND state = 'open'",
    [tenantId],
  );
}

describe("a client's CSV", () => {
  /** A tenant of a hundred people with an adopted inventory, and a full file that names the first of them. */
  async function deliver(count: number, settings: Parameters<typeof addImport>[2] = {}) {
    const tenantId = await addTenant(planning, { people: 100, fleetActive: 10_000 });
    await adoptInventory(asker, { tenantId, reason });
    return upload(tenantId, count, settings);
  }

  async function upload(tenantId: string, count: number, settings: Parameters<typeof addImport>[2] = {}) {
    const people = Array.from({ length: count }, (_, index) => ({
      userName: `p${index + 1}@acme.example`,
      // Every tenth person has another department.
      fields: { department: index % 10 === 0 ? "Legal" : "Sales" },
    }));
    const importId = await addImport(planning, { tenantId, people }, settings);
    return { tenantId, intent: { kind: "import" as const, importId, tenantIds: [tenantId] } };
  }

  test("with 40 % of its rows archives nobody, plans the other lines and leaves one held issue", async () => {
    const { tenantId, intent } = await deliver(40);
    const planned = await plan(intent);
    expect(planned.lines).toEqual({ planned: 4, held: 60, skipped: 0 });
    await applyChange(asker, planned);
    expect(await linesOf(planned)).toEqual({ "archive held source-shrunk": 60, "update queued": 4 });
    expect(await openIssues(tenantId)).toEqual([{ code: "source-shrunk", subject: `CHG-${planned.number}` }]);

    // The same file again, and the syncs that follow, ask for no second approval.
    await planning.rows(
      "UPDATE operation SET state = 'confirmed' WHERE change_id = $1 AND state = 'queued'",
      [planned.changeId],
    );
    await plan((await upload(tenantId, 40)).intent);
    const sync = await plan({ kind: "reconcile", tenantIds: [tenantId] });
    // The tenant was not read since, so updated people still look as before.
    expect(await linesOf(sync)).toEqual({ "update planned": 4 });
    expect(await openIssues(tenantId)).toHaveLength(1);

    // Another operator approves them, and nothing waits for approval any more.
    await approveHeld(colleague, { ...planned, reason });
    expect(await linesOf(planned)).toEqual({ "archive queued": 60, "update confirmed": 4 });
    expect(await openIssues(tenantId)).toEqual([]);
  });

  test("that shrank and was never approved archives nobody later, neither by a sync nor by a second import", async () => {
    const tenantId = await addTenant(planning, { people: 12, fleetActive: 10_000 });
    await adoptInventory(asker, { tenantId, reason });
    // Three absent of twelve: few enough for every other limit.
    const people = Array.from({ length: 9 }, (_, index) => ({
      userName: `p${index + 1}@acme.example`,
      fields: { department: "Legal" },
    }));
    const bring = async () => {
      const importId = await addImport(planning, { tenantId, people }, {});
      return plan({ kind: "import", importId, tenantIds: [tenantId] });
    };
    const first = await bring();
    expect(await linesOf(first)).toMatchObject({ "archive held source-shrunk": 3 });
    await applyChange(asker, first);
    await planning.rows("UPDATE operation SET state = 'cancelled' WHERE change_id = $1 AND state = 'held'", [
      first.changeId,
    ]);
    await planning.rows("UPDATE change SET state = 'done' WHERE id = $1", [first.changeId]);
    expect(await linesOf(await plan({ kind: "reconcile", tenantIds: [tenantId] }))).not.toHaveProperty(
      "archive planned",
    );
    expect(await linesOf(await bring())).toMatchObject({ "archive held source-shrunk": 3 });
  });

  test("that shrank and was approved marks people absent, so that no sync restores them", async () => {
    const { tenantId, intent } = await deliver(40);
    const planned = await plan(intent);
    await approveHeld(colleague, { ...planned, reason });
    const [row] = await planning.rows<{ count: number }>(
      "SELECT count(*)::int AS count FROM roster_entry WHERE tenant_id = $1 AND absent_at IS NOT NULL",
      [tenantId],
    );
    expect(row?.count).toBe(60);
  });

  test("that names nobody is refused, and one that lacks rows marks nobody absent", async () => {
    const empty = await deliver(0);
    const planned = await plan(empty.intent);
    expect(planned.lines).toEqual({ planned: 0, held: 0, skipped: 100 });
    await expect(applyChange(asker, planned)).rejects.toThrow("nothing to apply now");
    const incomplete = await deliver(95, { bad: 1 });
    expect(await linesOf(await plan(incomplete.intent))).toEqual({ "update planned": 10 });
  });

  test("that changes nothing still becomes the roster", async () => {
    const { tenantId, intent } = await deliver(100, { isUnchanged: true });
    const planned = await apply(intent);
    expect(await linesOf(planned)).toEqual({});
    expect((await getChange(asker, planned)).state).toBe("done");
    const [row] = await planning.rows<{ count: number }>(
      "SELECT count(*)::int AS count FROM roster_entry WHERE tenant_id = $1 AND source = 'csv'",
      [tenantId],
    );
    expect(row?.count).toBe(100);
  });

  test("that is merged changes only the people it names, found by the external id too", async () => {
    const tenantId = await addTenant(planning, { people: 100, fleetActive: 10_000 });
    await planning.rows(
      `UPDATE directory_user SET attributes = attributes || '{"externalId": "e7"}' WHERE tenant_id = $1 AND resource_id = 'u7'`,
      [tenantId],
    );
    const people: ImportedPerson[] = [
      { userName: "p1@acme.example", fields: { department: "Legal" } },
      { userName: "moved@acme.example", fields: { externalId: "e7" } },
      { userName: "new@acme.example", fields: {}, groups: ["New"] },
    ];
    const importId = await addImport(planning, { tenantId, people }, { mode: "merge" });
    const planned = await apply({ kind: "import", importId, tenantIds: [tenantId] });
    const operations = (await getChange(asker, planned)).runs.flatMap((run) => run.operations);
    expect(operations.map(({ kind, target, resourceId }) => [kind, target, resourceId])).toEqual([
      ["create", "new@acme.example", null],
      ["update", "moved@acme.example", "u7"],
      ["update", "p1@acme.example", "u1"],
      ["group_create", "New", null],
      ["members_add", "New", null],
    ]);
    expect(
      await planning.rows(
        "SELECT user_name_key AS key, resource_id FROM roster_entry WHERE tenant_id = $1 ORDER BY 1",
        [tenantId],
      ),
    ).toEqual([
      { key: "moved@acme.example", resource_id: "u7" },
      { key: "new@acme.example", resource_id: null },
      { key: "p1@acme.example", resource_id: "u1" },
    ]);
    const some = await plan({ kind: "reconcile", tenantIds: [tenantId], keys: ["p1@acme.example"] });
    expect(await linesOf(some)).toEqual({ "update planned": 1 });
  });

  test("that was not checked, or was discarded, is not planned", async () => {
    const { intent } = await deliver(100);
    for (const [state, why] of [
      ["read", "This import is not checked yet."],
      ["discarded", "This import was discarded"],
    ]) {
      await planning.rows("UPDATE roster_import SET state = $2 WHERE id = $1", [intent.importId, state]);
      await expect(plan(intent)).rejects.toThrow(why);
    }
    await planning.rows("UPDATE roster_import SET state = 'checked' WHERE id = $1", [intent.importId]);
    await plan(intent);
  });
});

describe("the daily limits", () => {
  test("five batches of 4 % are held from where they pass 10 %, and 11 % at once is held whole", async () => {
    const tenantId = await addTenant(planning, { people: 100, fleetActive: 10_000 });
    const states = [];
    for (let batch = 0; batch < 5; batch += 1) {
      const planned = await plan(offboardOf(tenantId, batch * 4 + 1, batch * 4 + 4));
      states.push(planned.lines.held === 0 ? "planned" : "held");
      if (planned.lines.planned > 0) await applyChange(asker, planned);
    }
    expect(states).toEqual(["planned", "planned", "held", "held", "held"]);
    const other = await addTenant(planning, { people: 100, fleetActive: 10_000 });
    expect((await plan(offboardOf(other, 1, 11))).lines).toEqual({ planned: 0, held: 11, skipped: 0 });
  });

  test("writes from more than a day ago do not count", async () => {
    const tenantId = await addTenant(planning, { people: 100, fleetActive: 10_000 });
    const { changeId } = await apply(offboardOf(tenantId, 1, 10));
    expect((await plan(offboardOf(tenantId, 11, 11))).lines.held).toBe(1);
    await planning.rows(
      "UPDATE operation SET state = 'confirmed', accepted_at = now() - interval '25 hours' WHERE change_id = $1",
      [changeId],
    );
    expect((await plan(offboardOf(tenantId, 11, 11))).lines.held).toBe(0);
  });

  test("the fleet's limit counts tenants that the operator cannot see, and of two plans at once one passes", async () => {
    await planning.rows("UPDATE operation SET state = 'cancelled'");
    await planning.rows("UPDATE directory_read SET active = 0");
    const [first, second, third] = [
      await addTenant(planning, { people: 30 }),
      await addTenant(planning, { people: 30 }),
      await addTenant(planning, { people: 30 }),
    ];
    const { scope: technician } = await makeOperator(planning.database, "technician", [third]);
    const plans = [await plan(offboardOf(first, 1, 3)), await plan(offboardOf(second, 1, 3))];
    // Three are within each tenant's limit and within the fleet's; six and four exceed the fleet's.
    await planning.rows("UPDATE fleet SET hold_share = 0");
    const ended = await Promise.allSettled(plans.map((planned) => applyChange(asker, planned)));
    expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const mine = await plan(offboardOf(third, 1, 1), technician);
    expect(await linesOf(mine)).toEqual({ "archive held held-by-fleet": 1 });
    await planning.rows("UPDATE fleet SET hold_share = 0.1");
  });
});

describe("approving", () => {
  test("is for another operator than the requester, for the plan they saw and for a day, and is audited", async () => {
    const tenantId = await addTenant(planning, { people: 100, fleetActive: 10_000 });
    const planned = await plan(offboardOf(tenantId, 1, 11));
    await expect(approveHeld(asker, { ...planned, reason })).rejects.toThrow("another operator");
    const planHash = "0".repeat(64);
    await expect(approveHeld(colleague, { ...planned, planHash, reason })).rejects.toThrow("Plan it again");
    await planning.rows("UPDATE change SET expires_at = now() WHERE id = $1", [planned.changeId]);
    await expect(approveHeld(colleague, { ...planned, reason })).rejects.toThrow("older than a day");
    await planning.rows("UPDATE change SET expires_at = now() + interval '1 hour' WHERE id = $1", [
      planned.changeId,
    ]);
    await planning.rows(
      "UPDATE directory_user SET active = false WHERE tenant_id = $1 AND resource_id IN ('u1', 'u2')",
      [tenantId],
    );
    await expect(approveHeld(colleague, { ...planned, reason })).rejects.toThrow("Plan it again");
    const again = await replanChange(asker, planned);
    expect(await openIssues(tenantId)).toEqual([]);
    expect(again.lines).toEqual({ planned: 9, held: 0, skipped: 0 });
    expect(
      await planning.rows("SELECT FROM event WHERE action = 'issue.resolved' AND tenant_id = $1", [tenantId]),
    ).toHaveLength(1);
  });

  test("closes its issue, and so do discarding and expiring", async () => {
    const tenantId = await addTenant(planning, { people: 100, fleetActive: 10_000 });
    const given = await plan(offboardOf(tenantId, 1, 11));
    const left = await plan(offboardOf(tenantId, 20, 31));
    expect((await openIssues(tenantId)).map(({ subject }) => subject).sort()).toEqual(
      [given, left].map(({ number }) => `CHG-${number}`).sort(),
    );
    await discardPlan(asker, given);
    await planning.rows("UPDATE change SET expires_at = now() WHERE id = $1", [left.changeId]);
    await expirePlans(systemScope("sweep", "all"));
    expect(await openIssues(tenantId)).toEqual([]);
    expect((await getChange(asker, left)).state).toBe("expired");
    // An operator who cancels half-way need not know of issues.
    const other = await plan(offboardOf(tenantId, 1, 11));
    await planning.rows("UPDATE operation SET state = 'cancelled' WHERE change_id = $1", [other.changeId]);
    await expirePlans(systemScope("sweep", "all"));
    expect(await openIssues(tenantId)).toEqual([]);
    const again = await replanChange(asker, left);
    expect((await getChange(asker, again)).parent?.number).toBe(left.number);
  });

  test("while the fleet is stopped nothing is applied and nothing approved", async () => {
    const tenantId = await addTenant(planning, { people: 100, fleetActive: 10_000 });
    const [held, small] = [await plan(offboardOf(tenantId, 1, 11)), await plan(offboardOf(tenantId, 20, 20))];
    await planning.rows("UPDATE fleet SET stopped_at = now()");
    await expect(applyChange(asker, small)).rejects.toThrow("stopped");
    await expect(approveHeld(colleague, { ...held, reason })).rejects.toThrow("stopped");
    await planning.rows("UPDATE fleet SET stopped_at = NULL");
    await applyChange(asker, small);
  });
});

describe("a tenant's roster", () => {
  test("protects attributes from every change by its policy, and people by its guards", async () => {
    const tenantId = await addTenant(planning, { people: 100, fleetActive: 10_000 });
    const rule = { expression: null, isCreateOnly: false, owner: "source", isProtected: true };
    await planning.rows(
      "INSERT INTO roster_policy (tenant_id, mapping, updated_by) VALUES ($1, $2, gen_random_uuid())",
      [tenantId, JSON.stringify({ rules: { department: rule } })],
    );
    await planning.rows(
      `INSERT INTO person_guard (tenant_id, user_name_key, kind, note, created_by)
       SELECT $1, address, kind, '', gen_random_uuid()
         FROM (VALUES ('p1@acme.example', 'protected'), ('p2@acme.example', 'admin')) g(address, kind)`,
      [tenantId],
    );
    expect(await linesOf(await plan(offboardOf(tenantId, 1, 3)))).toEqual({
      "archive held protected-person": 1,
      "archive planned": 1,
      "archive skipped admin-cannot-archive": 1,
    });
    const accounts = [{ tenantId, resourceId: "u3", userName: "p3@acme.example" }];
    const attributes = { department: "Legal", title: "Clerk" };
    const update = await plan({ kind: "update", attributes, addGroups: [], removeGroups: [], accounts });
    const [line] = (await getChange(asker, update)).runs.flatMap(({ operations }) => operations);
    expect(line?.diff.map(({ field }) => field)).toEqual(["title"]);
  });

  test("records what is applied, and held lines only when they are approved", async () => {
    const tenantId = await addTenant(planning, { people: 100, fleetActive: 10_000 });
    await planning.rows(
      `INSERT INTO person_guard (tenant_id, user_name_key, kind, note, created_by)
       VALUES ($1, 'p1@acme.example', 'protected', '', gen_random_uuid())`,
      [tenantId],
    );
    const known = () =>
      planning.rows(
        `SELECT user_name_key AS key, source, resource_id AS id, overrides, groups, active FROM roster_entry
          WHERE tenant_id = $1 ORDER BY resource_id`,
        [tenantId],
      );
    const accounts = [{ tenantId, resourceId: "u3", userName: "p3@acme.example" }];
    const attributes = { title: "Clerk" };
    await apply({ kind: "update", attributes, addGroups: ["New"], removeGroups: [], accounts });
    const taught = { source: "operator", overrides: {}, groups: [], active: true };
    const third = { ...taught, key: "p3@acme.example", id: "u3", overrides: attributes, groups: ["New"] };
    expect(await known()).toEqual([third]);

    const held = await apply(offboardOf(tenantId, 1, 2));
    const second = { ...taught, key: "p2@acme.example", id: "u2", active: false };
    expect(await known()).toEqual([second, third]);
    await approveHeld(colleague, { ...held, reason });
    const first = { ...taught, key: "p1@acme.example", id: "u1", active: false };
    expect(await known()).toEqual([first, second, third]);
  });
});

test("a worker plans and applies in an operator's name, who cannot approve the held lines", async () => {
  const tenantId = await addTenant(planning, { people: 100, fleetActive: 10_000 });
  const worker = systemScope("worker", [tenantId]);
  const operatorId = asker.actor.id;
  const input = { intent: offboardOf(tenantId, 1, 1), reason, ticket: null };
  const planned = await transaction(worker, async (tx) => {
    const made = await planInTransaction(tx, worker, input, operatorId);
    await applyInTransaction(tx, worker, made);
    return made;
  });
  expect(await linesOf(planned)).toEqual({ "archive queued": 1 });
  expect((await getChange(asker, planned)).requestedById).toBe(operatorId);
});
