import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transaction } from "@/lib/db/transaction";
import { readMembershipWrites, settleMemberships } from "@/lib/engine/drift/our-memberships";
import { type InsertedRun, insertRun } from "@/test/insert-run";
import { type Stack, startStack } from "@/test/stack";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

/** Minutes before (or after) the reading that showed the membership. */
type Sent = {
  kind: "members_add" | "members_remove";
  state: string;
  sent: number;
  confirmed?: number;
  members?: object[];
};

let seq = 100;

/** An operation on the group Legal that names Ana, by default. */
async function insertSent({ tenantId, changeId, runId }: InsertedRun, operation: Sent): Promise<void> {
  const { kind, state, sent, confirmed = null, members = [{ resourceId: "ana" }] } = operation;
  seq += 1;
  await stack.rows(
    `INSERT INTO operation (run_id, change_id, tenant_id, seq, kind, state, target, label, resource_key, resource_id, intent,
                            sent_at, confirmed_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'Legal', 'x', 'group:legal', 'g1', $7, timestamptz '2026-11-21 10:00Z' + $8 * interval '1 minute',
             timestamptz '2026-11-21 10:00Z' + $9 * interval '1 minute')`,
    [runId, changeId, tenantId, seq, kind, state, { kind, displayName: "Legal", members }, sent, confirmed],
  );
}

/** Settles one membership that a reading at ten showed. @returns the judgement */
async function settle(
  operations: Sent[],
  [before, after]: [string | null, string | null] = [null, "Legal"],
  isOpen = false,
): Promise<unknown> {
  const run = await insertRun(stack.rows, stack.owner.actor.id, 1);
  const { tenantId } = run;
  for (const operation of operations) await insertSent(run, operation);
  if (isOpen) await insertDrift(tenantId, after, before, "open");
  await insertDrift(tenantId, before, after, "unjudged");
  await transaction(stack.owner, (tx) => settleMemberships(tx, tenantId));
  const rows = await stack.rows<{ state: string }>(
    "SELECT state FROM drift WHERE tenant_id = $1 ORDER BY id DESC",
    [tenantId],
  );
  return rows[0]?.state;
}

async function insertDrift(tenantId: string, before: string | null, after: string | null, state: string) {
  await stack.rows(
    `INSERT INTO drift (tenant_id, resource_id, user_name, label, field, before, after, seen_at, state)
     VALUES ($1, 'ana', 'ana@x.example', 'Ana', 'group:g1', $2, $3, '2026-11-21 10:00Z', $4)`,
    [tenantId, before, after, state],
  );
}

const added = { kind: "members_add", state: "accepted", sent: -10 } as const;
const removed = { kind: "members_remove", state: "accepted", sent: -5 } as const;

test("a membership that our last operation asked for is ours while it may only be visible now", async () => {
  expect(await settle([added])).toBe("ours");
  expect(await settle([{ ...added, state: "unknown" }])).toBe("ours");
  expect(await settle([{ ...added, state: "confirmed", confirmed: 1 }])).toBe("ours");
  expect(await settle([removed], ["LEGAL ", null])).toBe("ours");
  expect(await settle([{ ...removed, sent: -20 }, added])).toBe("ours");
});

test("a person whom our operation was to create counts as a member once their account is known", async () => {
  const run = await insertRun(stack.rows, stack.owner.actor.id, 1);
  const [maker] = await stack.rows<{ id: string }>(
    "UPDATE operation SET state = 'accepted', resource_id = 'ana', sent_at = now() WHERE run_id = $1 RETURNING id",
    [run.runId],
  );
  await insertSent(run, { ...added, members: [{ operationId: randomUUID() }, { operationId: maker?.id }] });
  await insertDrift(run.tenantId, null, "Legal", "unjudged");
  await transaction(stack.owner, (tx) => settleMemberships(tx, run.tenantId));
  expect(await stack.rows("SELECT state FROM drift WHERE tenant_id = $1", [run.tenantId])).toEqual([
    { state: "ours" },
  ]);
});

test("less obvious cases are left to be judged line by line", async () => {
  expect(await settle([])).toBe("unjudged");
  expect(await settle([removed])).toBe("unjudged");
  expect(await settle([added, { ...removed, state: "confirmed", confirmed: -1 }])).toBe("unjudged");
  expect(await settle([{ ...added, state: "confirmed", confirmed: -1 }])).toBe("unjudged");
  expect(await settle([{ ...added, state: "failed" }])).toBe("unjudged");
  expect(await settle([{ ...added, members: [{ resourceId: "bob" }] }])).toBe("unjudged");
  expect(await settle([added], [null, "Legal"], true)).toBe("unjudged");
});

test("the query returns all operations about a membership, and none of other people or groups", async () => {
  const run = await insertRun(stack.rows, stack.owner.actor.id, 1);
  await insertSent(run, added);
  await insertSent(run, removed);
  await insertSent(run, { ...removed, members: [{ resourceId: "bob" }] });
  await insertDrift(run.tenantId, null, "Legal", "unjudged");
  const [row] = await stack.rows<{ id: string }>("SELECT id::text FROM drift WHERE tenant_id = $1", [
    run.tenantId,
  ]);
  const line = { id: row?.id ?? "", resourceId: "ana", field: "group:g1", before: null, after: "Legal" };
  const writes = await transaction(stack.owner, (tx) => readMembershipWrites(tx, run.tenantId, [line]));
  expect(
    writes
      .map(({ intent, resourceId, field, changeId }) => [intent.kind, resourceId, field, changeId])
      .sort(),
  ).toEqual([
    ["members_add", "ana", "group:g1", run.changeId],
    ["members_remove", "ana", "group:g1", run.changeId],
  ]);
});
