import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { getChange } from "@/lib/changes/data";
import type { Intent } from "@/lib/changes/model/intent";
import { applyChange, discardPlan, planChange, replanChange, withdrawApply } from "@/lib/changes/mutations";
import { planInTransaction } from "@/lib/changes/plan/plan-in-transaction";
import { performTask } from "@/lib/changes/tasks/perform-task";
import {
  addLargeImport,
  asWorker,
  haltPlanning,
  haltStoring,
  isHalted,
  isStoringHalted,
  MANY,
  performAsWorker,
  planner,
} from "@/test/large-plans";
import { addImport, addTenant, openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";
import { waitFor } from "@/lib/wait-for";

let planning: Planning;
let owner: Scope;

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
});
afterAll(() => planning.close());

const why = { reason: "A file of the client", ticket: null };

async function askForLarge(scope: Scope = owner) {
  const { tenantId, importId } = await addLargeImport(planning);
  const intent: Intent = { kind: "import", importId, tenantIds: [tenantId] };
  return { tenantId, importId, intent, ...(await planChange(scope, { intent, ...why })) };
}

async function planLarge() {
  const asked = await askForLarge();
  expect(await performAsWorker(planning, asked.changeId)).toBe("done");
  const { planHash } = await getChange(owner, asked);
  return { ...asked, planHash };
}

async function eventsOf(changeId: string): Promise<string[]> {
  const rows = await planning.rows<{ action: string }>(
    "SELECT action FROM event WHERE change_id = $1 AND action LIKE 'change.%' ORDER BY id",
    [changeId],
  );
  return rows.map(({ action }) => action);
}

test("a plan of more than 2,000 lines waits for a worker, which then makes the one that a request would have made", async () => {
  const { changeId, intent, planHash } = await askForLarge();
  expect(planHash).toBe("");
  const waiting = await getChange(owner, { changeId });
  expect(waiting).toMatchObject({
    state: "planning",
    standing: "planning",
    title: "Import staff.csv",
    runs: [],
    task: { kind: "plan", people: MANY, step: "waiting", refusal: null },
  });
  expect(await performAsWorker(planning, changeId)).toBe("done");
  const planned = await getChange(owner, { changeId });
  expect(planned).toMatchObject({ state: "ready", task: null, counts: { planned: MANY } });
  const inRequest = await transaction(owner, (tx) =>
    planInTransaction(tx, owner, { intent, ...why }, waiting.requestedById),
  );
  expect(planned.planHash).toBe(inRequest.planHash);
  expect(await eventsOf(changeId)).toEqual(["change.plan_requested", "change.planned"]);
});

test("a worker plans with what the technician who asked may see, and no more", async () => {
  const { tenantId, importId } = await addLargeImport(planning);
  // The file adds somebody in a domain of a tenant that is not theirs.
  const elsewhere = await addTenant(planning, { people: 1 });
  await planning.rows(
    "UPDATE tenant SET name = 'Secret Client', domains = '{secret.example}' WHERE id = $1",
    [elsewhere],
  );
  await planning.rows(
    `INSERT INTO import_row (import_id, seq, tenant_id, cells, user_name_key, fields, groups, is_good)
     VALUES ($1, 50000, $2, '{}', 'new@secret.example', '{"givenName": "New", "familyName": "One"}', '{}', true)`,
    [importId, tenantId],
  );
  const intent: Intent = { kind: "import", importId, tenantIds: [tenantId] };
  const { scope: technician } = await makeOperator(planning.database, "technician", [tenantId]);
  const whyOf = async (scope: Scope) => {
    const { changeId } = await planChange(scope, { intent, ...why });
    expect(await performAsWorker(planning, changeId)).toBe("done");
    const told = "SELECT why FROM operation WHERE change_id = $1 AND target = 'new@secret.example'";
    const found = await planning.rows(told, [changeId]);
    await discardPlan(scope, { changeId });
    return found;
  };
  expect(await whyOf(owner)).toEqual([{ why: "secret.example belongs to Secret Client" }]);
  expect(await whyOf(technician)).toEqual([{ why: "secret.example belongs to another tenant" }]);
});

test("a plan that is discarded while a worker makes it leaves nothing, and no second worker joins in", async () => {
  const { changeId } = await askForLarge();
  await asWorker(planning, async () => {
    const halt = await haltPlanning(planning);
    const first = performTask(planner, changeId);
    await waitFor(() => isHalted(planning), "the plan to be half-way");
    expect(await performTask(planner, changeId)).toBe("taken");
    await discardPlan(owner, { changeId });
    await halt.letGo();
    expect(await first).toBe("withdrawn");
  });
  expect(await getChange(owner, { changeId })).toMatchObject({ state: "cancelled", runs: [], task: null });
  expect(await planning.rows("SELECT FROM operation WHERE change_id = $1", [changeId])).toEqual([]);
  expect(await eventsOf(changeId)).toEqual(["change.plan_requested", "change.discarded"]);
});

test("discarding does not wait for a worker that stores the plan, which notices and stores nothing", async () => {
  const { changeId } = await askForLarge();
  await asWorker(planning, async () => {
    const halt = await haltStoring(planning);
    const making = performTask(planner, changeId);
    await waitFor(() => isStoringHalted(planning), "the plan to be stored");
    // The worker waits until the halt below ends: whoever waited for the worker would not come so far.
    try {
      await discardPlan(owner, { changeId });
    } finally {
      await halt.letGo();
    }
    expect(await making).toBe("withdrawn");
  });
  expect(await getChange(owner, { changeId })).toMatchObject({ state: "cancelled", runs: [], task: null });
  expect(await planning.rows("SELECT FROM operation WHERE change_id = $1", [changeId])).toEqual([]);
  expect(await eventsOf(changeId)).toEqual(["change.plan_requested", "change.discarded"]);
});

test("a worker plans a large change again and applies it, once however often it is asked for", async () => {
  const { changeId, planHash } = await planLarge();
  await applyChange(owner, { changeId, planHash });
  await applyChange(owner, { changeId, planHash });
  expect(await getChange(owner, { changeId })).toMatchObject({ state: "ready", task: { kind: "apply" } });
  expect(await performAsWorker(planning, changeId)).toBe("done");
  expect(await performAsWorker(planning, changeId)).toBe("withdrawn");
  expect(await getChange(owner, { changeId })).toMatchObject({
    state: "applying",
    task: null,
    counts: { queued: MANY },
  });
  expect((await eventsOf(changeId)).slice(2)).toEqual(["change.apply_requested", "change.applied"]);
});

test("a large plan that has moved is refused in the words of a request, and stays ready to be planned again", async () => {
  const { changeId, planHash, tenantId } = await planLarge();
  await applyChange(owner, { changeId, planHash });
  await planning.rows(
    `UPDATE directory_user SET attributes = attributes || '{"department": "Legal"}' WHERE tenant_id = $1 AND resource_id = 'u7'`,
    [tenantId],
  );
  expect(await performAsWorker(planning, changeId)).toBe("refused");
  const refused = await getChange(owner, { changeId });
  expect(refused).toMatchObject({ state: "ready", counts: { planned: MANY, queued: 0 } });
  expect(refused.task?.refusal).toContain("The plan has changed since you opened it");
  expect((await eventsOf(changeId)).slice(2)).toEqual(["change.apply_requested", "change.apply_refused"]);

  const again = await replanChange(owner, { changeId });
  expect(await performAsWorker(planning, again.changeId)).toBe("done");
  expect((await getChange(owner, again)).planHash).not.toBe(planHash);
  const updates = "SELECT FROM operation WHERE change_id = $1 AND kind = 'update'";
  expect(await planning.rows(updates, [again.changeId])).toHaveLength(MANY - 1);
});

test("applying that is withdrawn in time leaves the plan as it was, and until then nothing else waits for it", async () => {
  const { changeId, planHash } = await planLarge();
  await applyChange(owner, { changeId, planHash });
  await asWorker(planning, async () => {
    const halt = await haltPlanning(planning);
    const applying = performTask(planner, changeId);
    await waitFor(() => isHalted(planning), "the plan to be made again");
    // The worker has the change locked: whoever waited for that lock would wait until the halt below ends.
    for (const asked of [discardPlan(owner, { changeId }), replanChange(owner, { changeId })])
      await expect(asked).rejects.toThrow("A worker is applying this change.");
    await withdrawApply(owner, { changeId });
    await halt.letGo();
    expect(await applying).toBe("withdrawn");
  });
  expect(await getChange(owner, { changeId })).toMatchObject({
    state: "ready",
    task: null,
    counts: { planned: MANY },
  });
  await expect(withdrawApply(owner, { changeId })).rejects.toMatchObject({ code: "conflict" });
});

test("what cannot be planned says why and what to do, and a new plan takes its place", async () => {
  const { changeId, importId } = await askForLarge();
  await planning.rows("UPDATE roster_import SET state = 'discarded' WHERE id = $1", [importId]);
  expect(await performAsWorker(planning, changeId)).toBe("refused");
  const refused = await getChange(owner, { changeId });
  expect(refused).toMatchObject({ state: "planning", standing: "failed" });
  expect(refused.task?.refusal).toContain("Upload the file again");
  await planning.rows("UPDATE roster_import SET state = 'checked' WHERE id = $1", [importId]);
  const again = await replanChange(owner, { changeId });
  expect(await performAsWorker(planning, again.changeId)).toBe("done");
  expect(await getChange(owner, { changeId })).toMatchObject({ state: "expired", task: null });
});

test("nothing is planned in the name of somebody who was disabled, or lost a tenant, after they asked", async () => {
  const { tenantId, importId } = await addLargeImport(planning);
  const intent: Intent = { kind: "import", importId, tenantIds: [tenantId] };
  const { scope, operator } = await makeOperator(planning.database, "technician", [tenantId]);
  const lost = await planChange(scope, { intent, ...why });
  await planning.rows("DELETE FROM tenant_grant WHERE operator_id = $1", [operator.id]);
  const disabled = await askForLarge();
  await planning.rows("UPDATE change_task SET requested_by = $2 WHERE change_id = $1", [
    disabled.changeId,
    operator.id,
  ]);
  expect(await performAsWorker(planning, lost.changeId)).toBe("refused");
  await planning.rows("UPDATE operator SET disabled_at = now() WHERE id = $1", [operator.id]);
  expect(await performAsWorker(planning, disabled.changeId)).toBe("refused");
  for (const change of [lost, disabled])
    expect((await getChange(owner, change)).task?.refusal).toContain("may no longer act");
});

test("a task that ended its process five times is refused, with what to do next, and holds nobody up", async () => {
  const { changeId } = await askForLarge();
  await planning.rows("UPDATE change_task SET attempts = 5 WHERE change_id = $1", [changeId]);
  expect(await performAsWorker(planning, changeId)).toBe("refused");
  const refused = await getChange(owner, { changeId });
  expect(refused).toMatchObject({ state: "planning", standing: "failed", runs: [] });
  expect(refused.task?.refusal).toMatch(/five times.*Nothing was done\. Request it again/);
  const again = await replanChange(owner, { changeId });
  expect(await performAsWorker(planning, again.changeId)).toBe("done");
});

test("somebody without the tenant neither sees a task nor steers it; with one of two they see it and no more", async () => {
  const { changeId, tenantId } = await askForLarge();
  const other = await addTenant(planning, { people: 1 });
  const { scope: stranger } = await makeOperator(planning.database, "technician", [other]);
  const hidden = { code: "not-found" };
  await expect(getChange(stranger, { changeId })).rejects.toMatchObject(hidden);
  await expect(discardPlan(stranger, { changeId })).rejects.toMatchObject(hidden);
  await expect(withdrawApply(stranger, { changeId })).rejects.toMatchObject(hidden);
  expect(await transaction(stranger, (tx) => tx.changeTask.count())).toBe(0);

  await planning.rows("UPDATE change SET tenant_ids = $2 WHERE id = $1", [changeId, [tenantId, other]]);
  await planning.rows("UPDATE change_task SET tenant_ids = $2 WHERE change_id = $1", [
    changeId,
    [tenantId, other],
  ]);
  expect((await getChange(stranger, { changeId })).task).toMatchObject({ kind: "plan" });
  await expect(discardPlan(stranger, { changeId })).rejects.toMatchObject(hidden);
  expect((await getChange(owner, { changeId })).task).toMatchObject({ kind: "plan", refusal: null });
});

test("2,000 lines are planned and applied in the request, at once", async () => {
  const tenantId = await addTenant(planning, { people: MANY - 1 });
  const people = Array.from({ length: MANY - 1 }, (_, index) => ({
    userName: `p${index + 1}@acme.example`,
    fields: { department: "Legal" },
  }));
  const importId = await addImport(planning, { tenantId, people }, { mode: "merge" });
  const intent: Intent = { kind: "import", importId, tenantIds: [tenantId] };
  const { changeId, planHash, lines } = await planChange(owner, { intent, ...why });
  expect(lines.planned).toBe(MANY - 1);
  await applyChange(owner, { changeId, planHash });
  expect(await getChange(owner, { changeId })).toMatchObject({ state: "applying", task: null });
});
