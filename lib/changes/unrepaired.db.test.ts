import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { getChange, listChanges, listChangesInNeed } from "@/lib/changes/data";
import { changeCan } from "@/lib/changes/model/change-can";
import { toChangeFacts } from "@/lib/changes/model/change-facts";
import type { Intent } from "@/lib/changes/model/intent";
import { applyChange, planChange } from "@/lib/changes/mutations";
import { addTenant, offboardOf, openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";

let planning: Planning;
let owner: Scope;
let tenantId: string;
let failed: Planned;

type Planned = { changeId: string; number: number; planHash: string };

beforeAll(async () => {
  planning = await openPlanning();
  await planning.rows("UPDATE fleet SET hold_min = 1000");
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
});
afterAll(() => planning?.close());
beforeEach(async () => {
  tenantId = await addTenant(planning, { people: 40 });
  failed = await apply(offboardOf(tenantId, 1, 2));
  await end(failed, "failed");
});

function plan(intent: Intent): Promise<Planned> {
  return planChange(owner, { intent, reason: "A test asks for it", ticket: null });
}

async function apply(intent: Intent): Promise<Planned> {
  const planned = await plan(intent);
  await applyChange(owner, planned);
  return planned;
}

/** What a worker leaves of a change's queued operations. */
async function end({ changeId }: Planned, state: "failed" | "confirmed", target = "%"): Promise<void> {
  const at = state === "failed" ? "reason = 'timeout', sent_at = now()" : "accepted_at = now()";
  await planning.rows(
    `UPDATE operation SET state = $2, ${at} WHERE change_id = $1 AND state = 'queued' AND target LIKE $3`,
    [changeId, state, target],
  );
  await planning.rows(
    `UPDATE change SET state = 'failed', finished_at = now() WHERE id = $1 AND NOT EXISTS
       (SELECT FROM operation o WHERE o.change_id = change.id AND o.state = 'queued')`,
    [changeId],
  );
}

const retryOf = ({ changeId }: Planned): Intent => ({ kind: "retry", changeId, tenantIds: [tenantId] });

const openIn = async (change: Planned) => (await getChange(owner, change)).unrepaired;

async function inNeed(): Promise<Record<number, number>> {
  return Object.fromEntries((await listChangesInNeed(owner)).map((row) => [row.number, row.unrepaired]));
}

test("a failure waits until its retry is sent, which takes it over and may fail again", async () => {
  const retry = await plan(retryOf(failed));
  expect(await openIn(failed)).toBe(2);
  await applyChange(owner, retry);
  expect(await openIn(failed)).toBe(0);
  await end(retry, "failed", "p1%");
  await end(retry, "confirmed");
  expect([await openIn(failed), await openIn(retry)]).toEqual([0, 1]);
});

test("a retry that finds a failed operation done repairs it without a line", async () => {
  await planning.rows(
    "UPDATE directory_user SET active = false WHERE tenant_id = $1 AND resource_id = 'u1'",
    [tenantId],
  );
  await plan(retryOf(failed));
  expect(await openIn(failed)).toBe(1);
});

test("a later write that does the same repairs a failure, and nothing is left to retry", async () => {
  const again = await apply(offboardOf(tenantId, 1, 2));
  await end(again, "confirmed", "p1%");
  expect(await openIn(failed)).toBe(1);
  await end(again, "confirmed");
  const change = await getChange(owner, failed);
  expect(change.unrepaired).toBe(0);
  expect(changeCan.retry.whyNot(toChangeFacts(change, null))?.cause).toMatch("done since");
  await expect(plan(retryOf(failed))).rejects.toThrow("done since");
});

test("a failure waits from its first minute, while the rest of its change is being applied", async () => {
  const applying = await apply(offboardOf(tenantId, 3, 4));
  await end(applying, "failed", "p3%");
  expect((await inNeed())[applying.number]).toBe(1);
});

test("what needs a person is found however many changes are newer", async () => {
  await planning.rows(
    `INSERT INTO change (kind, title, state, reason, intent, tenant_ids, requested_by, plan_hash, expires_at)
     SELECT 'offboard', 'Newer', 'done', 'test', '{}', tenant_ids, requested_by, plan_hash, now() FROM change, generate_series(1, 60)
      WHERE id = $1`,
    [failed.changeId],
  );
  const ready = await plan(offboardOf(tenantId, 5, 6));
  expect((await listChanges(owner, {})).rows.some(({ number }) => number === failed.number)).toBe(false);
  expect(await inNeed()).toMatchObject({ [failed.number]: 2, [ready.number]: 0 });
});

test("a failure of last week and a plan past its day are in the list of changes only", async () => {
  const late = await plan(offboardOf(tenantId, 7, 8));
  await planning.rows("UPDATE change SET expires_at = now() WHERE id = $1", [late.changeId]);
  await planning.rows("UPDATE change SET requested_at = now() - interval '8 days' WHERE id = $1", [
    failed.changeId,
  ]);
  const needed = await inNeed();
  expect([needed[late.number], needed[failed.number]]).toEqual([undefined, undefined]);
});
