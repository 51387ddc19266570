import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { getChange } from "@/lib/changes/data";
import type { Intent } from "@/lib/changes/model/intent";
import { applyChange, planChange } from "@/lib/changes/mutations";
import { makeOperator } from "@/test/scope";
import { addImport, addTenant, offboardOf, openPlanning, type Planning } from "@/test/planning";

/* Undo and retry over real rows: the operations of the earlier change are read back and never altered. */

let planning: Planning;
let owner: Scope;
let tenantId: string;
const reason = "A test asks for it";

beforeAll(async () => {
  planning = await openPlanning();
  await planning.rows("UPDATE fleet SET hold_min = 1000");
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
});
afterAll(() => planning?.close());
beforeEach(async () => {
  tenantId = await addTenant(planning, { people: 40 });
});

function plan(intent: Intent, scope = owner) {
  return planChange(scope, { intent, reason, ticket: null });
}

async function apply(intent: Intent) {
  const planned = await plan(intent);
  await applyChange(owner, planned);
  return planned;
}

/** The state that a worker and a tenant would leave. */
async function settle({ changeId }: { changeId: string }, state: string, sql: string): Promise<void> {
  const at = "accepted_at = now(), resource_id = coalesce(resource_id, 'made-' || target)";
  await planning.rows(
    `UPDATE operation SET state = $2, ${state === "failed" ? "reason = 'timeout'" : at} WHERE change_id = $1 AND state = 'queued'`,
    [changeId, state],
  );
  await planning.rows("UPDATE change SET state = $2, finished_at = now() WHERE id = $1", [
    changeId,
    state === "failed" ? "failed" : "done",
  ]);
  await planning.rows(sql, [tenantId]);
}

async function operationsOf(change: { changeId: string }) {
  const { runs } = await getChange(owner, change);
  return runs.flatMap(({ operations }) => operations);
}

test("an undo restores archived people, does not alter the first change, and the roster records both", async () => {
  const offboarded = await apply(offboardOf(tenantId, 1, 2));
  const wasActive = () =>
    planning.rows(
      "SELECT active, resource_id FROM roster_entry WHERE tenant_id = $1 ORDER BY user_name_key",
      [tenantId],
    );
  expect(await wasActive()).toEqual([
    { active: false, resource_id: "u1" },
    { active: false, resource_id: "u2" },
  ]);
  await settle(
    offboarded,
    "confirmed",
    "UPDATE directory_user SET active = false WHERE tenant_id = $1 AND resource_id IN ('u1', 'u2')",
  );
  const before = await operationsOf(offboarded);
  const undone = await apply({ kind: "undo", changeId: offboarded.changeId, tenantIds: [tenantId] });
  expect((await operationsOf(undone)).map(({ kind, state, target }) => [kind, state, target])).toEqual([
    ["restore", "queued", "p2@acme.example"],
    ["restore", "queued", "p1@acme.example"],
  ]);
  expect(await operationsOf(offboarded)).toEqual(before);
  const change = await getChange(owner, undone);
  expect(change).toMatchObject({
    title: `Undo CHG-${offboarded.number}`,
    parent: { number: offboarded.number },
  });
  expect((await wasActive()).map((row) => row["active"])).toEqual([true, true]);
});

test("people who were created in groups are archived and removed from them again", async () => {
  const created = await apply({
    kind: "onboard",
    personId: randomUUID(),
    attributes: { givenName: "Zoe" },
    groups: ["New"],
    accounts: [{ tenantId, userName: "zoe@acme.example" }],
  });
  await settle(
    created,
    "confirmed",
    `WITH made AS (
       INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
       VALUES ($1, 'made-zoe@acme.example', 'zoe@acme.example', 'zoe@acme.example', 'Zoe', true, '{"givenName": "Zoe"}', now())
       RETURNING tenant_id),
     grouped AS (
       INSERT INTO directory_group (tenant_id, resource_id, display_name, seen_at)
       SELECT tenant_id, 'made-New', 'New', now() FROM made RETURNING tenant_id)
     INSERT INTO directory_membership (tenant_id, group_resource_id, user_resource_id)
     SELECT tenant_id, 'made-New', 'made-zoe@acme.example' FROM grouped`,
  );
  const undone = await plan({ kind: "undo", changeId: created.changeId, tenantIds: [tenantId] });
  expect((await operationsOf(undone)).map(({ kind, resourceId }) => [kind, resourceId])).toEqual([
    ["members_remove", "made-New"],
    ["archive", "made-zoe@acme.example"],
  ]);
});

describe("retrying", () => {
  const hire = (): Intent => ({
    kind: "onboard",
    personId: randomUUID(),
    attributes: { givenName: "Zoe" },
    groups: ["New"],
    accounts: [{ tenantId, userName: "zoe@acme.example" }],
  });

  test("creates new operations that name the failed ones, which stay failed", async () => {
    const failed = await apply(hire());
    await settle(failed, "failed", "SELECT $1::uuid");
    const before = await operationsOf(failed);
    const again = await apply({ kind: "retry", changeId: failed.changeId, tenantIds: [tenantId] });
    const operations = await operationsOf(again);
    expect(operations.map(({ kind, state }) => [kind, state])).toEqual([
      ["create", "queued"],
      ["group_create", "queued"],
      ["members_add", "queued"],
    ]);
    expect(operations.map(({ retryOf }) => retryOf)).toEqual(before.map(({ id }) => id));
    expect(await operationsOf(failed)).toEqual(before);
  });

  test("links a person who exists by now, and plans nothing that is done by now", async () => {
    const failed = await apply(hire());
    await settle(
      failed,
      "failed",
      `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
       VALUES ($1, 'zoe', 'zoe@acme.example', 'zoe@acme.example', 'Zoe', true, '{"userName": "zoe@acme.example", "givenName": "Zoe", "externalId": "x"}', now())`,
    );
    const again = await plan({ kind: "retry", changeId: failed.changeId, tenantIds: [tenantId] });
    expect((await operationsOf(again)).map(({ kind, resourceId }) => [kind, resourceId])).toEqual([
      ["link", "zoe"],
      ["group_create", null],
      ["members_add", null],
    ]);
  });
});

describe("a technician of another tenant", () => {
  test("cannot undo, retry, import or reconcile what is not theirs, and gets the answer for a missing one", async () => {
    const mine = await addTenant(planning, { people: 3 });
    const { scope: technician } = await makeOperator(planning.database, "technician", [mine]);
    const { changeId } = await apply(offboardOf(tenantId, 1, 1));
    const importId = await addImport(planning, { tenantId, people: [] });
    const nowhere = randomUUID();
    const messageOf = async (intent: Intent) =>
      plan(intent, technician).then(
        () => "planned",
        (error: Error) => error.message,
      );
    const asked = (at: string, tenant: string): Intent[] => [
      { kind: "undo", changeId: at, tenantIds: [tenant] },
      { kind: "retry", changeId: at, tenantIds: [tenant] },
    ];
    for (const tenant of [tenantId, mine]) {
      for (const [index, intent] of asked(changeId, tenant).entries()) {
        const message = await messageOf(intent);
        expect(message).toContain("does not exist");
        const missing = asked(nowhere, tenant === mine ? mine : nowhere)[index];
        expect(missing && (await messageOf(missing))).toBe(message);
      }
      const message = await messageOf({ kind: "import", importId, tenantIds: [tenant] });
      expect(message).toContain("does not exist");
      const missing = {
        kind: "import" as const,
        importId: nowhere,
        tenantIds: [tenant === mine ? mine : nowhere],
      };
      expect(await messageOf(missing)).toBe(message);
    }
    const foreign = await messageOf({ kind: "reconcile", tenantIds: [mine, tenantId] });
    expect(foreign).toContain("does not exist");
    expect(await messageOf({ kind: "reconcile", tenantIds: [mine, nowhere] })).toBe(foreign);
  });
});
