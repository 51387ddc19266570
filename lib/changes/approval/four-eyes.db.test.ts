import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Scope, systemScope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { approveAlone } from "@/lib/changes/approval/approve-alone";
import type { Intent } from "@/lib/changes/model/intent";
import { applyChange, planChange, replanChange } from "@/lib/changes/mutations";
import { approveHeld } from "@/lib/changes/steering/approve-held";
import { scheduleChange, unscheduleChange } from "@/lib/changes/steering/schedule-change";
import { reconcileIn } from "@/lib/changes/steering/sync-reconcile";
import { readPolicyVersion } from "@/lib/roster/policy/read-policy";
import { scopingSchema } from "@/lib/roster/policy/policy";
import { addGuards, adoptInventory, removeGuard, savePolicy, setEntry } from "@/lib/roster/mutations";
import { requestSync } from "@/lib/tenants/request-sync";
import { addTenant, offboardOf, openPlanning, type Planning } from "@/test/planning";
import { propertyRuns } from "@/test/run-length";
import { makeOperator, operatorPassword } from "@/test/scope";

/*
 * One operator does whatever they want to archive a client: writes that people left, saves a scope, plans, updates, removes guards,
 * forces syncs, and approves. Colleagues work beside them and wish nobody away: they plan again, apply, schedule and edit.
 */

let planning: Planning;
let owner: Scope;
const reason = "A test asks for it";
const PEOPLE = 30;
/** max(3, a tenth of 30), the default limit on archives. */
const LIMIT = 3;

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
});
afterAll(() => planning?.close());

type World = { tenantId: string; attacker: Scope; colleagues: readonly [Scope, Scope] };

const person = fc.integer({ min: 1, max: PEOPLE });
const colleague = fc.constantFrom<0 | 1>(0, 1);
/** Which of the open changes, newest first. */
const which = fc.nat({ max: 2 });

const attacks = [
  fc.record({ by: fc.constant("attacker" as const), does: fc.constant("leave" as const), from: person }),
  fc.record({ by: fc.constant("attacker" as const), does: fc.constant("offboard" as const), from: person }),
  fc.record({ by: fc.constant("attacker" as const), does: fc.constant("update" as const), from: person }),
  fc.record({ by: fc.constant("attacker" as const), does: fc.constant("scope" as const) }),
  fc.record({ by: fc.constant("attacker" as const), does: fc.constant("unguard" as const) }),
  fc.record({
    by: fc.constant("attacker" as const),
    does: fc.constantFrom("apply", "approve", "alone"),
    which,
  }),
  fc.record({ by: fc.constant("attacker" as const), does: fc.constant("force" as const) }),
] as const;
const works = [
  fc.record({ by: colleague, does: fc.constantFrom("apply", "replan", "schedule"), which }),
  fc.record({ by: colleague, does: fc.constant("force" as const) }),
  fc.record({ by: colleague, does: fc.constant("edit" as const), from: person }),
  fc.record({ by: fc.constant("system" as const), does: fc.constantFrom("sync", "settle") }),
] as const;
/** What a colleague never does alone: to approve without looking is to conspire. */
const conspiracy = fc.record({ by: colleague, does: fc.constant("approve" as const), which });

type Step = { by: "attacker" | "system" | 0 | 1; does: string; from?: number; which?: number };

async function openWorld(): Promise<World> {
  const tenantId = await addTenant(planning, { people: PEOPLE, fleetActive: 10_000 });
  await adoptInventory(owner, { tenantId, reason });
  await addGuards(owner, { tenantId, kind: "protected", addresses: ["p1@acme.example"], note: "Director" });
  const { scope: attacker } = await makeOperator(planning.database, "technician", [tenantId]);
  const { scope: technician } = await makeOperator(planning.database, "technician", [tenantId]);
  return { tenantId, attacker, colleagues: [owner, technician] };
}

async function findChange({ tenantId }: World, index: number) {
  const open = await planning.rows<{ changeId: string; planHash: string }>(
    `SELECT id AS "changeId", plan_hash AS "planHash" FROM change
      WHERE $1 = ANY (tenant_ids) AND state IN ('ready', 'scheduled', 'applying', 'done') ORDER BY number DESC LIMIT 3`,
    [tenantId],
  );
  return open[index % Math.max(open.length, 1)];
}

async function takeStep(world: World, { by, does, from = 1, which: index = 0 }: Step): Promise<void> {
  const { tenantId, attacker, colleagues } = world;
  if (by === "system") return does === "sync" ? sync(tenantId) : settle(tenantId);
  const scope = by === "attacker" ? attacker : colleagues[by];
  const last = Math.min(from + 9, PEOPLE);
  const address = (number: number) => `p${number}@acme.example`;
  if (does === "leave")
    for (let number = from; number <= last; number += 1)
      await setEntry(scope, {
        tenantId,
        userName: address(number),
        active: false,
        fields: {},
        forget: [],
        reason,
      });
  if (does === "offboard")
    await planChange(scope, { intent: offboardOf(tenantId, from, last), reason, ticket: null });
  if (does === "update") {
    const { accounts } = offboardOf(tenantId, from, last) as Extract<Intent, { kind: "offboard" }>;
    const values = { attributes: { title: `Clerk ${from}` }, addGroups: [], removeGroups: [] };
    const intent: Intent = { kind: "update", ...values, accounts };
    await applyChange(scope, await planChange(scope, { intent, reason, ticket: null }));
  }
  if (does === "scope") await scopeNobody(world);
  if (does === "unguard")
    await removeGuard(scope, { tenantId, kind: "protected", userNameKey: address(1), reason });
  if (does === "force") await requestSync(scope, { tenantId });
  if (does === "edit") {
    const fields = { title: "Clerk" };
    await setEntry(scope, { tenantId, userName: address(from), fields, forget: [], reason });
  }
  const change = await findChange(world, index);
  if (!change) return;
  if (does === "apply") await applyChange(scope, change);
  if (does === "replan") await replanChange(scope, change);
  if (does === "approve") await approveHeld(scope, { ...change, reason });
  if (does === "alone")
    await approveAlone(scope, { ...change, reason, count: 10, password: operatorPassword });
  if (does === "schedule") {
    const localDateTime = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
    await scheduleChange(scope, { ...change, zone: "UTC", when: { localDateTime } });
    await unscheduleChange(scope, change);
  }
}

async function scopeNobody({ tenantId, attacker }: World): Promise<void> {
  const { version } = await transaction(attacker, (tx) => readPolicyVersion(tx, tenantId));
  const scoping = scopingSchema.parse({
    anyOf: [[{ kind: "compare", field: "department", is: "equal", value: `Nowhere ${version}` }]],
  });
  await savePolicy(attacker, { tenantId, version, scoping, confirmedOut: PEOPLE });
}

/** What a worker does once a sync is due, in the owner's name. */
async function sync(tenantId: string): Promise<void> {
  const worker = systemScope("worker", [tenantId]);
  await transaction(worker, (tx) => reconcileIn(tx, worker, { tenantId, reconciledBy: owner.actor.id }));
}

/** What workers and KnowBe4 do with everything that was let go. */
async function settle(tenantId: string): Promise<void> {
  await planning.rows(
    `UPDATE directory_user u SET active = false FROM operation o
      WHERE o.tenant_id = $1 AND o.state = 'queued' AND o.kind = 'archive' AND u.tenant_id = $1 AND u.resource_id = o.resource_id`,
    [tenantId],
  );
  await planning.rows(
    "UPDATE operation SET state = 'confirmed', accepted_at = now(), confirmed_at = now() WHERE tenant_id = $1 AND state = 'queued'",
    [tenantId],
  );
  await planning.rows("UPDATE run SET state = 'done' WHERE tenant_id = $1 AND state = 'queued'", [tenantId]);
  await planning.rows("UPDATE change SET state = 'done' WHERE $1 = ANY (tenant_ids) AND state = 'applying'", [
    tenantId,
  ]);
}

/** How many archives were let go after these steps. Refusals are part of the work. */
async function archivesAfter(steps: readonly Step[]): Promise<number> {
  const world = await openWorld();
  for (const step of steps)
    await takeStep(world, step).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
  const [row] = await planning.rows<{ count: number }>(
    "SELECT count(*)::int AS count FROM operation WHERE tenant_id = $1 AND kind = 'archive' AND state IN ('queued', 'confirmed')",
    [world.tenantId],
  );
  return row?.count ?? 0;
}

const sequences = (...steps: fc.Arbitrary<Step>[]) =>
  fc.array(fc.oneof(...steps), { minLength: 4, maxLength: 14 });

test("whatever one operator does, with colleagues at work beside them, they archive no more than the limit", async () => {
  await fc.assert(
    fc.asyncProperty(sequences(...attacks, ...works), async (steps) => {
      expect(await archivesAfter(steps)).toBeLessThanOrEqual(LIMIT);
    }),
    { numRuns: propertyRuns(15) },
  );
}, 600_000);

test("two who conspire can archive more, so that the test above could fail", async () => {
  const found = await fc.check(
    fc.asyncProperty(sequences(...attacks, conspiracy), async (steps) => {
      expect(await archivesAfter(steps)).toBeLessThanOrEqual(LIMIT);
    }),
    { numRuns: 100, endOnFailure: true },
  );
  expect(found.failed).toBe(true);
}, 120_000);
