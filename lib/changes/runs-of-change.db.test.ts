import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { getChange, listChanges } from "@/lib/changes/data";
import { planChange } from "@/lib/changes/mutations";
import { makeOperator } from "@/test/scope";
import { addTenant, offboardOf, openPlanning, type Planning } from "@/test/planning";

let planning: Planning;
let owner: Scope;

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
});
afterAll(() => planning?.close());

/** A plan of one archive, followed by `updates` updates; their seq starts at 1. */
async function planMany(updates: number): Promise<{ changeId: string; number: number; tenantId: string }> {
  const tenantId = await addTenant(planning, { people: 20 });
  const { changeId, number } = await planChange(owner, {
    intent: offboardOf(tenantId, 1, 1),
    reason: "A test asks for it",
    ticket: null,
  });
  await planning.rows(
    `INSERT INTO operation (run_id, change_id, tenant_id, seq, kind, state, target, label, resource_key, intent, risks)
     SELECT r.id, r.change_id, r.tenant_id, n, 'update', 'planned', 'p' || n, 'P', 'user:' || n,
            '{"kind": "update", "changes": {}}', '{address-changes}'
       FROM run r, generate_series(1, $2) n WHERE r.change_id = $1`,
    [changeId, updates],
  );
  return { changeId, number, tenantId };
}

test("the page of a large plan holds 500 lines, held ones first, and the counts of all", async () => {
  const { changeId, number } = await planMany(1_000);
  await planning.rows(
    "UPDATE operation SET state = 'held', reason = 'seats-held' WHERE change_id = $1 AND kind = 'update' AND seq > 900",
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
  expect(row?.counts).toEqual(counts);
  expect(row?.expiresAt.getTime()).toBeGreaterThan(Date.now());
});

test("the page of a failed run, or one full of held and failed lines, holds those and no others", async () => {
  const { changeId } = await planMany(700);
  await planning.rows(
    "UPDATE operation SET state = 'failed', reason = 'timeout' WHERE change_id = $1 AND seq > 300",
    [changeId],
  );
  const [some] = (await getChange(owner, { changeId })).runs;
  const shown = Map.groupBy(some?.operations ?? [], ({ state }) => state);
  expect([shown.get("failed")?.length, shown.get("planned")?.length]).toEqual([400, 100]);
  await planning.rows("UPDATE operation SET state = 'failed', reason = 'timeout' WHERE change_id = $1", [
    changeId,
  ]);
  const [all] = (await getChange(owner, { changeId })).runs;
  expect(all?.operations.map(({ target }) => target)).toEqual(
    Array.from({ length: 500 }, (_, place) => (place === 0 ? "p1@acme.example" : `p${place}`)),
  );
});

test("after any write and any rollback, the counts match the rows", async () => {
  const { changeId, tenantId } = await planMany(40);
  const steps = [
    "UPDATE operation SET state = 'queued' WHERE change_id = $1 AND seq % 2 = 0",
    "UPDATE operation SET state = 'failed', reason = 'timeout' WHERE change_id = $1 AND state = 'queued' AND seq % 4 = 0",
    "UPDATE operation SET reason = 'invalid-value' WHERE change_id = $1 AND state = 'failed' AND seq > 20",
    "UPDATE operation SET risks = '{archives}' WHERE change_id = $1 AND seq < 5",
    "UPDATE operation SET attempt = attempt + 1 WHERE change_id = $1",
    "UPDATE operation SET state = 'skipped' WHERE change_id = $1 AND seq < 0",
  ];
  for (const sql of steps) {
    await planning.rows(sql, [changeId]);
    expect(await listTally(tenantId), sql).toEqual(await listCounted(tenantId));
  }
  const before = await listTally(tenantId);
  await expect(
    planning.rows(
      "UPDATE operation SET state = CASE WHEN seq < 30 THEN 'held' ELSE 'nonsense' END WHERE change_id = $1",
      [changeId],
    ),
  ).rejects.toThrow("operation_state_known");
  expect(await listTally(tenantId)).toEqual(before);
  for (const sql of ["DELETE FROM operation", "TRUNCATE operation CASCADE"])
    await expect(planning.rows(sql), sql).rejects.toThrow("append-only");
});

test("a slow run keeps few rows of counts, and they are right while two workers write at once", async () => {
  const { changeId, tenantId } = await planMany(1_000);
  const oneByOne = (parity: number) =>
    planning.rows(
      `DO $$ BEGIN FOR place IN 1..1000 LOOP
         IF place % 2 = ${parity} THEN
           UPDATE operation SET state = 'queued' WHERE change_id = '${changeId}' AND seq = place;
           COMMIT;
         END IF;
       END LOOP; END $$`,
    );
  await Promise.all([oneByOne(0), oneByOne(1)]);
  expect(await listTally(tenantId)).toEqual(await listCounted(tenantId));
  const [{ rows: left } = { rows: 0 }] = await planning.rows<{ rows: number }>(
    "SELECT count(*)::int AS rows FROM operation_tally WHERE tenant_id = $1",
    [tenantId],
  );
  // Of 2,000 tallies that were written. The probability that none of the last 750 statements folded is 3 in 10 million.
  expect(left).toBeLessThan(1_500);
});

const COUNTED = "run_id, kind, state, reason, risks";

function listTally(tenantId: string) {
  return planning.rows(
    `SELECT ${COUNTED}, sum(delta)::int AS count FROM operation_tally WHERE tenant_id = $1 GROUP BY ${COUNTED} HAVING sum(delta) <> 0 ORDER BY ${COUNTED}`,
    [tenantId],
  );
}

function listCounted(tenantId: string) {
  return planning.rows(
    `SELECT ${COUNTED}, count(*)::int AS count FROM operation WHERE tenant_id = $1 GROUP BY ${COUNTED} ORDER BY ${COUNTED}`,
    [tenantId],
  );
}
