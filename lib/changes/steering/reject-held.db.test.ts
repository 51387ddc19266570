import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { getChange } from "@/lib/changes/data";
import { applyChange, planChange } from "@/lib/changes/mutations";
import { approveHeld } from "@/lib/changes/steering/approve-held";
import { rejectHeld } from "@/lib/changes/steering/reject-held";
import { addTenant, offboardOf, openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";

let planning: Planning;
let asker: Scope;
let colleague: Scope;
let planned: { changeId: string; number: number; planHash: string };
const reason = "They still work there";

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: asker } = await makeOperator(planning.database, "owner"));
  ({ scope: colleague } = await makeOperator(planning.database, "owner"));
});
afterAll(() => planning?.close());

/** A plan that archives two people, of whom the first is protected and so held. */
beforeEach(async () => {
  const tenantId = await addTenant(planning, { people: 40 });
  await planning.rows(
    `INSERT INTO person_guard (tenant_id, user_name_key, kind, note, created_by)
     VALUES ($1, 'p1@acme.example', 'protected', 'test', gen_random_uuid())`,
    [tenantId],
  );
  planned = await planChange(asker, {
    intent: offboardOf(tenantId, 1, 2),
    reason: "A test asks for it",
    ticket: null,
  });
});

async function linesOf(): Promise<string[]> {
  const { runs } = await getChange(asker, planned);
  return runs.flatMap(({ operations }) => operations.map(({ target, state }) => `${target} ${state}`)).sort();
}

const decisionsOf = async () =>
  (await getChange(asker, planned)).decisions.map(({ action, by, reason: why }) => [action, by, why]);

const openIssues = () =>
  planning.rows("SELECT FROM issue WHERE change_id = $1 AND state = 'open'", [planned.changeId]);

test("held lines that are rejected are never sent, and the rest of the change goes on", async () => {
  await applyChange(asker, planned);
  expect(await openIssues()).toHaveLength(1);
  await rejectHeld(colleague, { ...planned, reason });
  expect(await linesOf()).toEqual(["p1@acme.example cancelled", "p2@acme.example queued"]);
  expect(await openIssues()).toEqual([]);
  await expect(approveHeld(colleague, { ...planned, reason })).rejects.toThrow("no held lines");
});

test("a plan with held lines that is rejected ends as a whole, with the reason", async () => {
  await rejectHeld(colleague, { ...planned, reason });
  expect(await linesOf()).toEqual(["p1@acme.example cancelled", "p2@acme.example cancelled"]);
  expect(await getChange(asker, planned)).toMatchObject({
    state: "cancelled",
    steered: { by: colleague.actor.name, reason },
  });
});

test("the change names who decided about its held lines, when and why", async () => {
  await approveHeld(colleague, { ...planned, reason: "Checked with HR" });
  expect(await decisionsOf()).toEqual([["change.held_approved", colleague.actor.name, "Checked with HR"]]);
});

test("who did not see this plan does not reject it", async () => {
  await expect(rejectHeld(colleague, { ...planned, planHash: "0".repeat(64), reason })).rejects.toThrow(
    "Plan it again",
  );
  expect(await decisionsOf()).toEqual([]);
});
