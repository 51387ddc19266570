import { afterAll, beforeAll, expect, test } from "vitest";
import { getQueue } from "@/lib/changes/tenant-queue";
import { pauseTenant } from "@/lib/tenants/mutations";
import { getSyncSettings, type Schedule, setReconciles, setSyncInterval } from "@/lib/tenants/sync-settings";
import { requestSync } from "@/lib/tenants/request-sync";
import { connectFast, onboard, setFaults, untilStanding } from "@/test/changes";
import { connectSimulated, type FleetTenant } from "@/test/fleet";
import { makeOperator } from "@/test/scope";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
  await stack.startWorker();
});
afterAll(() => stack?.close());

const reason = "A test asks for it";

/** Waits until the tenant's sync has ended with a result other than the given one. */
async function untilSynced(
  { tenantId, slug }: FleetTenant,
  before: Schedule["last"] = null,
): Promise<Schedule> {
  let schedule = await getSyncSettings(stack.owner, { tenantId });
  await waitFor(async () => {
    schedule = await getSyncSettings(stack.owner, { tenantId });
    return schedule.last !== null && schedule.last.at.getTime() !== before?.at.getTime();
  }, `${slug} to be synced`);
  return schedule;
}

/** Makes the recurring sync due, by the database's clock. */
async function makeDue({ tenantId }: FleetTenant): Promise<void> {
  await stack.rows("UPDATE tenant SET sync_next_at = now() WHERE id = $1", [tenantId]);
}

function changesOf({ tenantId }: FleetTenant) {
  return stack.rows<{ id: string; state: string; requestedBy: string }>(
    `SELECT c.id, c.state, c.requested_by AS "requestedBy" FROM change c WHERE c.kind = 'reconcile' AND $1 = ANY (c.tenant_ids) ORDER BY c.number`,
    [tenantId],
  );
}

async function addToRoster({ tenantId, domain }: FleetTenant, name: string): Promise<void> {
  await stack.rows(
    `INSERT INTO roster_entry (tenant_id, user_name_key, user_name, source, fields, updated_by)
     VALUES ($1, $2, $2, 'operator', $3, 'A test')`,
    [tenantId, `${name}@${domain}`, { givenName: name, familyName: "Ruiz" }],
  );
}

test("accepted operations become confirmed through the recurring read alone", async () => {
  const tenant = await connectFast(stack, "mailbox", {});
  const changeId = await onboard(stack.owner, tenant, "ana");
  await untilStanding(stack.owner, changeId, "waiting", "failed");
  // No automatic plan for a day.
  await stack.rows("UPDATE operation SET confirm_at = now() + interval '1 day' WHERE change_id = $1", [
    changeId,
  ]);
  await stack.simulator.forceSync(tenant.slug);
  await makeDue(tenant);
  await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect((await untilSynced(tenant)).last).toMatchObject({ result: "read" });
}, 120_000);

test("a due sync makes one read and one end although two workers wake, and sets the next time", async () => {
  const tenant = await connectFast(stack, "twice", { people: 20 });
  const { tenantId } = tenant;
  await setSyncInterval(stack.owner, { tenantId, everyMinutes: 60 });
  await makeDue(tenant);
  const schedule = await untilSynced(tenant);
  expect(schedule).toMatchObject({ isDue: false, everyMinutes: 60 });
  const [row] = await stack.rows<{ reads: string[]; ends: number; isNext: boolean }>(
    `SELECT ARRAY(SELECT state FROM directory_read WHERE tenant_id = t.id AND requested_by = 'sync') AS reads,
            (SELECT count(*)::int FROM event WHERE tenant_id = t.id AND action = 'tenant.synced') AS ends,
            sync_next_at BETWEEN now() + interval '59 minutes' AND now() + interval '64 minutes' AS "isNext"
       FROM tenant t WHERE id = $1`,
    [tenantId],
  );
  expect(row).toEqual({ reads: ["complete"], ends: 1, isNext: true });
}, 120_000);

test("Force Sync reads now; sync by hand only schedules nothing; a paused tenant refuses with its cause", async () => {
  const tenant = await connectFast(stack, "by-hand", {});
  const { tenantId } = tenant;
  await setSyncInterval(stack.owner, { tenantId, everyMinutes: null });
  expect(await getSyncSettings(stack.owner, { tenantId })).toMatchObject({ nextAt: null, isDue: false });
  await requestSync(stack.owner, { tenantId });
  expect(await untilSynced(tenant)).toMatchObject({ nextAt: null, isDue: false, everyMinutes: null });
  await pauseTenant(stack.owner, { tenantId, reason });
  await expect(requestSync(stack.owner, { tenantId })).rejects.toThrow("No sync was started");
}, 120_000);

test("an observed tenant is only read, and nobody can switch on automatic applying", async () => {
  const settings = { name: "observed", slug: "observed", people: 5 };
  const tenant = await connectSimulated(stack.owner, stack.simulator, settings, "observe");
  const { tenantId } = tenant;
  await expect(setReconciles(stack.owner, { tenantId, reconciles: "on", reason })).rejects.toThrow(
    "still only read",
  );
  // Even where it was switched on before the tenant returned to observe.
  await stack.rows("UPDATE tenant SET reconciles = true, reconciled_by = $2 WHERE id = $1", [
    tenantId,
    stack.owner.actor.id,
  ]);
  await addToRoster(tenant, "ana");
  await makeDue(tenant);
  expect((await untilSynced(tenant)).last).toMatchObject({ result: "read", changeId: null });
  expect(await changesOf(tenant)).toEqual([]);
}, 120_000);

test("a reconciling tenant gets its roster in its owner's name, and a sync without differences leaves no change", async () => {
  const tenant = await connectFast(stack, "kept", { reads: "mailbox", people: 5 });
  const { tenantId } = tenant;
  await setReconciles(stack.owner, { tenantId, reconciles: "on", reason });
  await makeDue(tenant);
  const first = await untilSynced(tenant);
  expect(first.last).toMatchObject({ result: "in-step", changeId: null });
  expect(await changesOf(tenant)).toEqual([]);

  await addToRoster(tenant, "ana");
  await makeDue(tenant);
  const second = await untilSynced(tenant, first.last);
  const [change, ...more] = await changesOf(tenant);
  expect(second.last).toMatchObject({ result: "applied", changeId: change?.id });
  expect([change?.requestedBy, more]).toEqual([stack.owner.actor.id, []]);
  await untilStanding(stack.owner, change?.id ?? "", "confirmed", "failed");
  const users = await stack.rows("SELECT FROM directory_user WHERE tenant_id = $1 AND user_name = $2", [
    tenantId,
    `ana@${tenant.domain}`,
  ]);
  expect(users).toHaveLength(1);

  await makeDue(tenant);
  expect((await untilSynced(tenant, second.last)).last).toMatchObject({ result: "in-step" });
  expect(await changesOf(tenant)).toHaveLength(1);
}, 120_000);

test("while a change is under way the roster is not planned, so nothing is planned twice", async () => {
  const tenant = await connectFast(stack, "busy", { people: 3 });
  const { tenantId } = tenant;
  await setReconciles(stack.owner, { tenantId, reconciles: "on", reason });
  const changeId = await onboard(stack.owner, tenant, "ana");
  await untilStanding(stack.owner, changeId, "waiting", "failed");
  await addToRoster(tenant, "ben");
  await makeDue(tenant);
  const busy = await untilSynced(tenant);
  expect(busy.last).toMatchObject({ result: "busy" });
  await stack.simulator.forceSync(tenant.slug);
  await makeDue(tenant);
  expect((await untilSynced(tenant, busy.last)).last).toMatchObject({ result: "applied" });
}, 120_000);

test("a sync's plan without effect is not repeated by the next sync, but by one that an operator requests", async () => {
  const tenant = await connectFast(stack, "refused", { reads: "mailbox", people: 3 });
  const { tenantId } = tenant;
  await setReconciles(stack.owner, { tenantId, reconciles: "on", reason });
  await setFaults(stack, tenant, [{ kind: "html-error", status: 422, match: { method: "POST" } }]);
  await addToRoster(tenant, "ana");
  await makeDue(tenant);
  const first = await untilSynced(tenant);
  const [change] = await changesOf(tenant);
  await untilStanding(stack.owner, change?.id ?? "", "failed", "confirmed");
  await makeDue(tenant);
  expect((await untilSynced(tenant, first.last)).last).toMatchObject({
    result: "unchanged",
    changeId: change?.id,
  });
  expect(await changesOf(tenant)).toHaveLength(1);

  await setFaults(stack, tenant, []);
  await requestSync(stack.owner, { tenantId });
  await waitFor(async () => (await changesOf(tenant)).length === 2, "another change");
  const again = (await changesOf(tenant))[1];
  await untilStanding(stack.owner, again?.id ?? "", "confirmed", "failed");
}, 120_000);

test("a roster is not applied in the name of an operator who may no longer act there, and one issue says so", async () => {
  const tenant = await connectFast(stack, "orphaned", { people: 3 });
  const { tenantId } = tenant;
  const { scope, operator } = await makeOperator(stack.database, "owner");
  await setReconciles(scope, { tenantId, reconciles: "on", reason });
  await stack.rows("UPDATE operator SET disabled_at = now() WHERE id = $1", [operator.id]);
  await addToRoster(tenant, "ana");
  await makeDue(tenant);
  const first = await untilSynced(tenant);
  await makeDue(tenant);
  expect((await untilSynced(tenant, first.last)).last).toMatchObject({ result: "read" });
  expect(await changesOf(tenant)).toEqual([]);
  const issues = await stack.rows(
    "SELECT times, state FROM issue WHERE tenant_id = $1 AND code = 'schedule-missed'",
    [tenantId],
  );
  expect(issues).toEqual([{ times: 2, state: "open" }]);
}, 120_000);

test("a technician sets the sync interval of their own tenants, but not automatic applying, and nothing of other tenants", async () => {
  const tenant = await connectFast(stack, "granted", {});
  const { tenantId } = tenant;
  const { scope } = await makeOperator(stack.database, "technician", [tenantId]);
  await setSyncInterval(scope, { tenantId, everyMinutes: 15 });
  expect(await getSyncSettings(scope, { tenantId })).toMatchObject({ everyMinutes: 15, reconciles: false });
  await expect(setReconciles(scope, { tenantId, reconciles: "on", reason })).rejects.toThrow();
  const { scope: stranger } = await makeOperator(stack.database, "technician", []);
  await expect(getSyncSettings(stranger, { tenantId })).rejects.toThrow("does not exist");
  await expect(setSyncInterval(stranger, { tenantId, everyMinutes: 5 })).rejects.toThrow("does not exist");
  expect(await getQueue(stranger, { tenantId })).toMatchObject({ total: 0 });
}, 120_000);
