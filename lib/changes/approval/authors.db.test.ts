import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import type { Intent } from "@/lib/changes/model/intent";
import { applyChange, planChange, replanChange } from "@/lib/changes/mutations";
import { scheduleChange } from "@/lib/changes/steering/schedule-change";
import { renameEntry } from "@/lib/roster/entries/rename-entry";
import { addGuards, removeGuard, savePolicy, setEntry } from "@/lib/roster/mutations";
import { scopingSchema } from "@/lib/roster/policy/policy";
import { updateTenant } from "@/lib/tenants/mutations";
import { setRails } from "@/lib/tenants/rails-settings";
import { requestSync } from "@/lib/tenants/request-sync";
import { approve, createApprovals, leave, reason } from "@/test/approval";
import { addImport, offboardOf, openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";

/* Four eyes are four only if the second pair has not shaped what it approves. */

let planning: Planning;
let owner: Scope;
let approvals: ReturnType<typeof createApprovals>;

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
  approvals = createApprovals(planning, owner);
});
afterAll(() => planning?.close());

test("who wrote that people left approves no archive of theirs, although a sync plans it in an owner's name", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  await leave(technician, tenantId, 20);
  await requestSync(technician, { tenantId });
  const change = await approvals.sync(tenantId);
  await expect(approve(technician, change)).rejects.toThrow(/another operator has to approve/);
  await expect(approve(owner, change)).rejects.toThrow(/You requested this change/);
  expect(await approvals.archivesOf(change)).toEqual(["held"]);
  const { scope: colleague } = await makeOperator(planning.database, "technician", [tenantId]);
  await approve(colleague, change);
  expect(await approvals.archivesOf(change)).toEqual(["queued"]);
});

test("who saved a scope that nobody meets approves none of its archives", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const nowhere = scopingSchema.parse({
    anyOf: [[{ kind: "compare", field: "department", is: "equal", value: "Nowhere" }]],
  });
  await savePolicy(technician, { tenantId, version: 0, scoping: nowhere, confirmedOut: 100 });
  const change = await approvals.sync(tenantId);
  await expect(approve(technician, change)).rejects.toThrow(/You changed the roster policy/);
});

test("who forced the sync approves nothing of what it planned", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  await leave(owner, tenantId, 20);
  await requestSync(technician, { tenantId });
  await expect(approve(technician, await approvals.sync(tenantId))).rejects.toThrow(/You started the sync/);
});

test("who asked stays an author when a colleague plans again, and the colleague becomes one", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const first = await planChange(technician, { intent: offboardOf(tenantId, 1, 20), reason, ticket: null });
  const { scope: colleague } = await makeOperator(planning.database, "owner");
  const again = await replanChange(colleague, first);
  for (const author of [technician, colleague])
    await expect(approve(author, again)).rejects.toThrow(/You requested this change/);
  await approve(owner, again);
  expect(await approvals.archivesOf(again)).toEqual(["queued"]);
});

test("who scheduled a change approves nothing of it once it is applied", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const { scope: colleague } = await makeOperator(planning.database, "owner");
  const change = await planChange(technician, { intent: offboardOf(tenantId, 1, 20), reason, ticket: null });
  const local = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
  await planning.rows(
    "UPDATE operation SET state = 'planned' WHERE change_id = $1 AND target = 'p1@acme.example'",
    [change.changeId],
  );
  await scheduleChange(colleague, { ...change, zone: "UTC", when: { localDateTime: local } });
  await planning.rows("UPDATE change SET state = 'ready' WHERE id = $1", [change.changeId]);
  await expect(approve(colleague, change)).rejects.toThrow(/You scheduled this change/);
});

test("who removed a guard approves nothing that is held for its person", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const guard = { tenantId, kind: "excluded" as const, addresses: ["p1@acme.example"], note: "Contractor" };
  await addGuards(owner, guard);
  await removeGuard(technician, { tenantId, kind: "excluded", userNameKey: "p1@acme.example", reason });
  const change = await planChange(owner, { intent: offboardOf(tenantId, 1, 20), reason, ticket: null });
  await expect(approve(technician, change)).rejects.toThrow(/You removed a guard/);
});

test.each(["protected", "excluded", "admin"] as const)(
  "who removes a guard (%s) does not archive the person alone; once approved, the next archive is free",
  async (kind) => {
    const { tenantId, technician } = await approvals.addSynced();
    await addGuards(owner, { tenantId, kind, addresses: ["p1@acme.example"], note: "The managing director" });
    await removeGuard(technician, { tenantId, kind, userNameKey: "p1@acme.example", reason });
    const archive = { intent: offboardOf(tenantId, 1, 1), reason, ticket: null };
    const change = await planChange(technician, archive);
    await applyChange(technician, change).catch(() => null);
    expect(await approvals.archivesOf(change)).toEqual(["held"]);
    await approve(owner, change);
    await planning.rows(
      "UPDATE operation SET state = 'confirmed', confirmed_at = now() + interval '1 second' WHERE change_id = $1",
      [change.changeId],
    );
    expect(await approvals.archivesOf(await planChange(technician, archive))).toEqual(["planned"]);
  },
);

test("who loosened rails or added a domain is an author; who tightened them is none", async () => {
  const { tenantId } = await approvals.addSynced();
  const { scope: tightening } = await makeOperator(planning.database, "owner");
  const { scope: adding } = await makeOperator(planning.database, "owner");
  const { scope: loosening } = await makeOperator(planning.database, "owner");
  const { scope: requester } = await makeOperator(planning.database, "owner");
  await setRails(loosening, { tenantId, reason, archiveHoldMin: 5 });
  await setRails(tightening, { tenantId, reason, archiveHoldMin: 1 });
  const domains = ["acme.example", "acme.test"];
  await updateTenant(adding, {
    tenantId,
    name: "Acme",
    domains,
    rate: 2,
    inFlightMax: 2,
    visibleInMinutes: 240,
  });
  const change = await planChange(requester, { intent: offboardOf(tenantId, 1, 20), reason, ticket: null });
  await expect(approve(loosening, change)).rejects.toThrow(/You loosened the rails/);
  await expect(approve(adding, change)).rejects.toThrow(/You added a domain/);
  await approve(tightening, change);
});

test("who uploaded a file or said what its columns mean approves none of its archives", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const { scope: mapping } = await makeOperator(planning.database, "owner");
  const people = Array.from({ length: 85 }, (_, index) => ({
    userName: `p${index + 1}@acme.example`,
    fields: {},
  }));
  const importId = await addImport(planning, { tenantId, people });
  await planning.rows("UPDATE roster_import SET authors = ARRAY[$2::uuid] WHERE id = $1", [
    importId,
    technician.actor.id,
  ]);
  await transaction(mapping, (tx) =>
    tx.rosterImport.updateMany({ where: { id: importId }, data: { mapping: {} } }),
  );
  const change = await planChange(owner, {
    intent: { kind: "import", importId, tenantIds: [tenantId] },
    reason,
    ticket: null,
  });
  for (const author of [technician, mapping])
    await expect(approve(author, change)).rejects.toThrow(/You uploaded the file/);
});

test("what an author moved counts until the person's line was confirmed", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  await leave(technician, tenantId, 20);
  const first = await approvals.sync(tenantId);
  await planning.rows(
    "UPDATE operation SET state = 'confirmed', confirmed_at = now() + interval '1 second' WHERE change_id = $1",
    [first.changeId],
  );
  await planning.rows("UPDATE change SET state = 'done' WHERE id = $1", [first.changeId]);
  // Another plan than the first, which a sync would not repeat.
  await setEntry(owner, {
    tenantId,
    userName: "p21@acme.example",
    active: false,
    fields: {},
    forget: [],
    reason,
  });
  const second = await approvals.sync(tenantId);
  await approve(technician, second);
  expect(await approvals.archivesOf(second)).toEqual(["queued"]);
});

test("what an author moved for the whole tenant counts for 30 days, and that people left until it is decided", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const { scope: loosening } = await makeOperator(planning.database, "owner");
  await setRails(loosening, { tenantId, reason, archiveHoldMin: 5 });
  await leave(technician, tenantId, 20);
  await planning.rows("UPDATE tenant_author SET at = now() - interval '31 days' WHERE tenant_id = $1", [
    tenantId,
  ]);
  const change = await approvals.sync(tenantId);
  await expect(approve(technician, change)).rejects.toThrow(/You wrote that people left/);
  await approve(loosening, change);
  expect(await approvals.archivesOf(change)).toEqual(["queued"]);
});

function updateOf(tenantId: string, count: number): Intent {
  const accounts = Array.from({ length: count }, (_, index) => ({
    tenantId,
    resourceId: `u${index + 1}`,
    userName: `p${index + 1}@acme.example`,
  }));
  return { kind: "update", attributes: { title: "Clerk" }, addGroups: [], removeGroups: [], accounts };
}

test("an author's own harmless update of the people, confirmed later, makes them no less an author", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const planned = await planChange(technician, { intent: updateOf(tenantId, 20), reason, ticket: null });
  await applyChange(technician, planned);
  await leave(technician, tenantId, 20);
  await approvals.confirm(planned);
  await expect(approve(technician, await approvals.sync(tenantId))).rejects.toThrow(
    /You wrote that people left/,
  );
});

test("a guard that was removed still holds an archive after an update of the person is confirmed", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const guard = { tenantId, kind: "protected" as const, userNameKey: "p1@acme.example" };
  await addGuards(owner, {
    tenantId,
    kind: "protected",
    addresses: [guard.userNameKey],
    note: "The managing director",
  });
  await removeGuard(technician, { ...guard, reason });
  const planned = await planChange(technician, { intent: updateOf(tenantId, 1), reason, ticket: null });
  await applyChange(technician, planned);
  await approvals.confirm(planned);
  const change = await planChange(technician, { intent: offboardOf(tenantId, 1, 1), reason, ticket: null });
  expect(await approvals.archivesOf(change)).toEqual(["held"]);
});

test("whoever has a new address on the roster keeps their guards and their authors", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  await addGuards(owner, {
    tenantId,
    kind: "protected",
    addresses: ["p1@acme.example"],
    note: "The managing director",
  });
  await leave(technician, tenantId, 2);
  await transaction(owner, (tx) =>
    renameEntry(tx, {
      tenantId,
      resourceId: "u1",
      from: "p1@acme.example",
      to: "new@acme.example",
      by: "Test",
    }),
  );
  const renamed = [tenantId, "new@acme.example"];
  expect(
    await planning.rows("SELECT kind FROM person_guard WHERE tenant_id = $1 AND user_name_key = $2", renamed),
  ).toEqual([{ kind: "protected" }]);
  const authors = await planning.rows<{ id: string }>(
    "SELECT operator_id AS id FROM tenant_author WHERE tenant_id = $1 AND subject = $2 AND part = 'left'",
    renamed,
  );
  expect(authors.map(({ id }) => id)).toContain(technician.actor.id);
});

test("who asked for an undo stays an author when a colleague plans it again", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const { scope: colleague } = await makeOperator(planning.database, "owner");
  const gone = await planChange(owner, { intent: offboardOf(tenantId, 1, 20), reason, ticket: null });
  await approve(colleague, gone);
  await approvals.confirm(gone);
  await planning.rows(
    `UPDATE directory_user u SET active = false FROM operation o
      WHERE o.change_id = $1 AND u.tenant_id = o.tenant_id AND u.resource_id = o.resource_id`,
    [gone.changeId],
  );
  const intent = { kind: "undo" as const, changeId: gone.changeId, tenantIds: [tenantId] };
  const undo = await planChange(technician, { intent, reason, ticket: null });
  const again = await replanChange(colleague, undo);
  for (const author of [technician, colleague])
    await expect(approve(author, again)).rejects.toThrow(/You requested this change/);
  await approve(owner, again);
});

test("approving makes nobody an author: after a retry of what they approved they approve again", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const change = await planChange(technician, { intent: offboardOf(tenantId, 1, 20), reason, ticket: null });
  await approve(owner, change);
  await planning.rows(
    "UPDATE operation SET state = 'failed', reason = 'token-rejected' WHERE change_id = $1",
    [change.changeId],
  );
  await planning.rows("UPDATE run SET state = 'failed' WHERE change_id = $1", [change.changeId]);
  await planning.rows("UPDATE change SET state = 'failed' WHERE id = $1", [change.changeId]);
  const intent = { kind: "retry" as const, changeId: change.changeId, tenantIds: [tenantId] };
  const retry = await planChange(technician, { intent, reason, ticket: null });
  expect(await approvals.archivesOf(retry)).toEqual(["held"]);
  await expect(approve(technician, retry)).rejects.toThrow(/You requested this change/);
  await approve(owner, retry);
});

test("who uploaded a file is an author of what it moved, although a colleague planned and applied it", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const people = Array.from({ length: 100 }, (_, index) => ({
    userName: `p${index + 1}@acme.example`,
    fields: { department: "Legal" },
  }));
  const importId = await addImport(planning, { tenantId, people }, { mode: "merge" });
  await planning.rows("UPDATE roster_import SET authors = ARRAY[$2::uuid] WHERE id = $1", [
    importId,
    technician.actor.id,
  ]);
  const intent = { kind: "import" as const, importId, tenantIds: [tenantId] };
  await applyChange(owner, await planChange(owner, { intent, reason, ticket: null }));
  const authors = await planning.rows<{ id: string; count: number }>(
    "SELECT operator_id AS id, count(*)::int AS count FROM tenant_author WHERE tenant_id = $1 AND part = 'entry' GROUP BY 1",
    [tenantId],
  );
  expect(authors.find(({ id }) => id === technician.actor.id)?.count).toBe(100);
});
