import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { REACHED } from "@/lib/db/state-lists";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { readPolicy } from "@/lib/roster/policy/read-policy";
import { mappedKeys, type RosterPolicy } from "@/lib/roster/policy/policy";
import { acceptDrift } from "@/lib/engine/drift/accept";
import { GROUP_FIELD, isMembership, toMembershipField } from "@/lib/engine/drift/drift-field";
import {
  type DriftStep,
  type DriftClass,
  classifyDrift,
  type OurWrite,
} from "@/lib/engine/drift/classify-drift";
import { closeIfDecided, type DriftingTenant, recordDrift } from "@/lib/engine/drift/drift-issues";
import { readMembershipWrites, settleMemberships } from "@/lib/engine/drift/our-memberships";
import { groupResourceKey, userResourceKey } from "@/lib/changes/plan/planned-operation";

/** Rows judged in one transaction. */
const JUDGE_MAX = 2_000;

/** One statement settles our own memberships after an import, however many there are. */
const JUDGING_MS = 60_000;

type Row = DriftStep & { userName: string; label: string };

/**
 * Judges the changes that readings of a tenant found. What our own operations explain is marked ours; the rest is
 * opened for a decision, with one event and one issue until no drift is open. Call it after each reading and each
 * lookup. The next call judges what a crash left unjudged.
 */
export async function judgeDrift(scope: Scope, tenantId: string): Promise<void> {
  requireSystem(scope);
  let judged = await judgeBlock(scope, tenantId, { isFirst: true });
  while (judged === JUDGE_MAX) judged = await judgeBlock(scope, tenantId, { isFirst: false });
}

function judgeBlock(scope: Scope, tenantId: string, { isFirst }: { isFirst: boolean }): Promise<number> {
  return transaction(
    scope,
    async (tx) => {
      if (isFirst) await settleMemberships(tx, tenantId);
      await settleCreations(tx, tenantId);
      await reopenUnsent(tx, tenantId);
      const rows = await tx.$queryRaw<Row[]>`
        SELECT id::text, resource_id AS "resourceId", user_name AS "userName", label, field, before, after, seen_at AS "seenAt"
          FROM drift WHERE tenant_id = ${tenantId}::uuid AND state = 'unjudged' ORDER BY id LIMIT ${JUDGE_MAX} FOR UPDATE`;
      if (rows.length > 0) await judgeRows(tx, scope, tenantId, rows);
      return rows.length;
    },
    { timeoutMs: JUDGING_MS },
  );
}

async function judgeRows(
  tx: Transaction,
  scope: Scope,
  tenantId: string,
  rows: readonly Row[],
): Promise<void> {
  const [tenant] = await tx.$queryRaw<DriftingTenant[]>`
    SELECT id AS "tenantId", name, mode FROM tenant WHERE id = ${tenantId}::uuid`;
  if (!tenant) throw new Error("Drift refers to a tenant that does not exist");
  // Another system writes to an observed tenant, as intended.
  if (tenant.mode === "observe") {
    await record(
      tx,
      rows.map(({ id, before }) => ({ id, before, state: "superseded" })),
    );
    return closeIfDecided(tx, scope, tenantId);
  }
  const writes = await readWrites(tx, tenantId, rows);
  const verdicts = await judge(tx, tenantId, rows, writes);
  await record(tx, verdicts);
  const states = new Map(verdicts.map(({ id, state }) => [id, state]));
  const followed = rows.filter(({ id, field }) => isMembership(field) && states.get(id) === "always");
  if (followed.length > 0) await acceptDrift(tx, scope, { tenantId, rows: followed });
  await leaveGoneGroups(tx, tenantId, rows);
  const opened = rows.filter(({ id }) => states.get(id) === "open");
  if (opened.length > 0) await recordDrift(tx, scope, tenant, { opened, writes });
  await closeIfDecided(tx, scope, tenantId);
}

/**
 * Settles people whom we created, the bulk of the drift after an import, without loading them one by one. The key is
 * built in a step of its own: under row-level security, a clause that calls a function cannot use an index, and each
 * person would be searched among all operations of the tenant (20 s for 6,000).
 */
async function settleCreations(tx: Transaction, tenantId: string): Promise<void> {
  await tx.$executeRaw`
    WITH appeared AS MATERIALIZED (
      SELECT d.id, d.resource_id, 'user:' || u.user_name_key AS key
        FROM drift d JOIN directory_user u USING (tenant_id, resource_id)
       WHERE d.tenant_id = ${tenantId}::uuid AND d.state = 'unjudged' AND d.field = 'appeared')
    UPDATE drift d SET state = 'ours'
      FROM appeared a
     CROSS JOIN LATERAL (
       SELECT FROM operation o WHERE o.tenant_id = ${tenantId}::uuid AND o.resource_id = a.resource_id
          AND o.kind = 'create' AND o.state IN ('sent', 'unknown', 'accepted', 'confirmed')
        UNION ALL
       SELECT FROM operation o WHERE o.tenant_id = ${tenantId}::uuid AND o.resource_key = a.key AND o.resource_id IS NULL
          AND o.kind = 'create' AND o.state IN ('sent', 'unknown', 'accepted') LIMIT 1) made
     WHERE d.id = a.id
       AND NOT EXISTS (SELECT FROM drift open WHERE open.tenant_id = ${tenantId}::uuid AND open.resource_id = a.resource_id AND open.state = 'open')`;
}

/** Reopens drift whose put-back change was discarded, unless something newer is open. */
async function reopenUnsent(tx: Transaction, tenantId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE drift d SET state = 'open', change_id = NULL FROM change c
     WHERE d.tenant_id = ${tenantId}::uuid AND d.state = 'put_back' AND c.id = d.change_id AND c.state IN ('cancelled', 'expired')
       AND d.id = (SELECT max(newest.id) FROM drift newest
                    WHERE newest.tenant_id = d.tenant_id AND newest.resource_id = d.resource_id AND newest.field = d.field)`;
}

async function judge(
  tx: Transaction,
  tenantId: string,
  rows: readonly Row[],
  writes: readonly OurWrite[],
): Promise<DriftClass[]> {
  const ids = [...new Set(rows.map(({ resourceId }) => resourceId))];
  const open = await tx.$queryRaw<DriftStep[]>`
    SELECT id::text, resource_id AS "resourceId", field, before, after, seen_at AS "seenAt"
      FROM drift WHERE tenant_id = ${tenantId}::uuid AND state = 'open' AND resource_id = ANY (${ids}::text[]) ORDER BY id`;
  const left = leftToTenant(await readPolicy(tx, tenantId));
  const openOf = Map.groupBy(open, subjectOf);
  const writesOf = Map.groupBy(writes, ({ resourceId }) => resourceId);
  return [...Map.groupBy(rows, subjectOf)].flatMap(([subject, steps]) =>
    classifyDrift(
      steps,
      openOf.get(subject) ?? [],
      [...(writesOf.get(steps[0]?.resourceId ?? "") ?? []), ...writesTo(writes, steps)],
      left,
    ),
  );
}

/** A group and a person may have the same id. */
function subjectOf({ resourceId, field }: DriftStep): string {
  return `${field === GROUP_FIELD ? "group" : "user"} ${resourceId}`;
}

type KeyedWrite = OurWrite & { resourceKey: string };

/** Operations that never learned their resource's id, by the person's current and former addresses. */
function writesTo(writes: readonly OurWrite[], steps: readonly Row[]): OurWrite[] {
  const keys = new Set(steps.flatMap(keysOf));
  return writes.filter((write) => write.resourceId === null && keys.has((write as KeyedWrite).resourceKey));
}

function keysOf({ userName, field, before, after }: Row): string[] {
  if (field === GROUP_FIELD) return after === null ? [] : [groupResourceKey(after)];
  const names = field === "userName" ? [userName, before, after] : [userName];
  return names.flatMap((name) => (name ? [userResourceKey(name)] : []));
}

/** All operations that we sent for these people and groups: by their ids, or by name where an id was never learned. */
async function readWrites(tx: Transaction, tenantId: string, rows: readonly Row[]): Promise<OurWrite[]> {
  const keys = [...new Set(rows.flatMap(keysOf))];
  const ids = [...new Set(rows.map(({ resourceId }) => resourceId))];
  const memberships = rows.filter(({ field }) => isMembership(field));
  const writes = await tx.$queryRaw<KeyedWrite[]>`
    SELECT resource_key AS "resourceKey", resource_id AS "resourceId", intent, state, diff, sent_at AS "sentAt",
           confirmed_at AS "confirmedAt"
      FROM operation WHERE tenant_id = ${tenantId}::uuid AND sent_at IS NOT NULL
       AND (resource_id = ANY (${ids}::text[]) OR (resource_id IS NULL AND resource_key = ANY (${keys}::text[])))
       AND kind NOT IN ('members_add', 'members_remove') AND state IN ${REACHED}`;
  return [...writes, ...(await readMembershipWrites(tx, tenantId, memberships))];
}

function leftToTenant({ mapping, grouping }: RosterPolicy): ReadonlySet<string> {
  const keys = mappedKeys.filter((key) => mapping.rules[key].owner === "tenant");
  return new Set([...keys, ...(grouping.elsewhere === "follow" ? ["membership"] : [])]);
}

/** For a group that is gone, only that remains to be decided. */
async function leaveGoneGroups(tx: Transaction, tenantId: string, rows: readonly Row[]): Promise<void> {
  const fields = rows.flatMap(({ field, resourceId, after }) =>
    field === GROUP_FIELD && after === null ? [toMembershipField(resourceId)] : [],
  );
  if (fields.length === 0) return;
  await tx.$executeRaw`
    UPDATE drift SET state = 'superseded'
     WHERE tenant_id = ${tenantId}::uuid AND state = 'open' AND field = ANY (${fields}::text[])`;
}

/** Close first, then open: the database allows one open row per field. */
async function record(tx: Transaction, verdicts: readonly DriftClass[]): Promise<void> {
  for (const isOpen of [false, true]) {
    const rows = verdicts.filter(({ state }) => (state === "open") === isOpen);
    if (rows.length === 0) continue;
    await tx.$executeRaw`
      UPDATE drift d SET state = r.state, before = r.before
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id bigint, state text, before text) WHERE d.id = r.id`;
  }
}
