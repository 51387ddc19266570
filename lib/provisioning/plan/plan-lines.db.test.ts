import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { getChange, listChanges } from "@/lib/provisioning/data";
import { planChange } from "@/lib/provisioning/mutations";
import { makeOperator } from "@/test/scope";
import { addTenant, offboardOf, openPlanning, type Planning } from "@/test/planning";

let planning: Planning;
let owner: Scope;

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
});
afterAll(() => planning?.close());

test("of a large plan a page holds 500 lines, held ones first, and the counts of all", async () => {
  const tenantId = await addTenant(planning, { people: 20 });
  const { changeId, number } = await planChange(owner, {
    intent: offboardOf(tenantId, 1, 1),
    reason: "A test asks for it",
    ticket: null,
  });
  await planning.rows(
    `INSERT INTO operation (run_id, change_id, tenant_id, seq, kind, state, target, label, resource_key, intent, risks, reason)
     SELECT r.id, r.change_id, r.tenant_id, n, 'update', CASE WHEN n > 900 THEN 'held' ELSE 'planned' END, 'p' || n, 'P', 'user:' || n,
            '{"kind": "update", "changes": {}}', '{address-changes}', CASE WHEN n > 900 THEN 'seats-held' END
       FROM run r, generate_series(1, 1000) n WHERE r.change_id = $1`,
    [changeId],
  );
  const { runs, counts } = await getChange(owner, { changeId });
  const [run] = runs;
  expect(run?.operations).toHaveLength(500);
  expect(run?.operations.slice(0, 102).map(({ state }) => state)).toEqual([
    ...Array.from({ length: 100 }, () => "held"),
    "planned",
    "planned",
  ]);
  expect(run?.operations[0]?.target).toBe("p901");
  expect(run?.lines).toEqual([
    { kind: "archive", state: "planned", reason: null, count: 1 },
    { kind: "update", state: "held", reason: "seats-held", count: 100 },
    { kind: "update", state: "planned", reason: null, count: 900 },
  ]);
  expect(run?.risks).toEqual([
    { risk: "address-changes", count: 1_000 },
    { risk: "archives", count: 1 },
  ]);
  expect(counts).toMatchObject({ planned: 901, held: 100 });
  expect(run).toMatchObject({ tenantState: "healthy", testMode: null });
  const [row] = (await listChanges(owner, {})).rows;
  expect(row).toMatchObject({ number, scheduledAt: null, pausedAt: null, parentNumber: null });
  expect(row?.expiresAt.getTime()).toBeGreaterThan(Date.now());
});
