import "server-only";
import { appendEvent } from "@/lib/audit/append";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { readPolicy } from "@/lib/roster/read-policy";
import { mappedKeys, type RosterPolicy } from "@/lib/roster/policy";
import { closeNotices, openNotice } from "@/lib/tenants/notices";
import {
  type DriftStep,
  type DriftVerdict,
  isSecondWriter,
  judgeSteps,
  type OurWrite,
} from "@/lib/provisioning/drift/drift-verdict";

/** Rows judged in one transaction. */
const JUDGE_MAX = 2_000;

type Row = DriftStep & { userName: string; label: string };
type Tenant = { name: string; mode: string };

/**
 * Judges what readings of a tenant found changed: what our own operations explain is ours, the rest is open for a
 * person to decide, told by one event and by one notice until nothing is open any more. Called after each reading and
 * each look; what a crash left unjudged is judged by the next call.
 */
export async function judgeDrift(scope: Scope, tenantId: string): Promise<void> {
  while ((await judgeBlock(scope, tenantId)) === JUDGE_MAX);
}

function judgeBlock(scope: Scope, tenantId: string): Promise<number> {
  return transaction(scope, async (tx) => {
    await settleCreations(tx, tenantId);
    await reopenUnsent(tx, tenantId);
    const rows = await tx.$queryRaw<Row[]>`
      SELECT id::text, resource_id AS "resourceId", user_name AS "userName", label, field, before, after, seen_at AS "seenAt"
        FROM drift WHERE tenant_id = ${tenantId}::uuid AND state = 'unjudged' ORDER BY id LIMIT ${JUDGE_MAX} FOR UPDATE`;
    const [tenant] = await tx.$queryRaw<Tenant[]>`SELECT name, mode FROM tenant WHERE id = ${tenantId}::uuid`;
    if (!tenant || rows.length === 0) return 0;
    // Another system writes here, and it is meant to.
    if (tenant.mode === "observe") {
      await record(
        tx,
        rows.map(({ id, before }) => ({ id, before, state: "superseded" })),
      );
      await closeIfDecided(tx, scope, tenantId);
      return rows.length;
    }
    const writes = await readWrites(tx, tenantId, rows);
    const verdicts = await judge(tx, tenantId, rows, writes);
    await record(tx, verdicts);
    const opened = rows.filter(({ id }) =>
      verdicts.some((verdict) => verdict.id === id && verdict.state === "open"),
    );
    if (opened.length > 0) await raise(tx, scope, { tenantId, ...tenant }, opened, writes);
    await closeIfDecided(tx, scope, tenantId);
    return rows.length;
  });
}

/**
 * People of our own creates, the most of what there is after an import, without carrying them here one by one. The key
 * is made in a step of its own: where row-level security is on, a clause that calls a function is no condition of an
 * index, and each person would be sought among all operations of the tenant (20 s for 6,000).
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
       SELECT FROM operation o WHERE o.tenant_id = ${tenantId}::uuid AND o.resource_key = a.key
          AND o.kind = 'create' AND o.state IN ('sent', 'unknown', 'accepted', 'confirmed')
          AND (o.resource_id IS NULL OR o.resource_id = a.resource_id) LIMIT 1) made
     WHERE d.id = a.id
       AND NOT EXISTS (SELECT FROM drift open WHERE open.tenant_id = ${tenantId}::uuid AND open.resource_id = a.resource_id AND open.state = 'open')`;
}

/** What was to be put back by a change that was given up is open again, unless something newer is. */
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
): Promise<DriftVerdict[]> {
  const ids = [...new Set(rows.map(({ resourceId }) => resourceId))];
  const open = await tx.$queryRaw<DriftStep[]>`
    SELECT id::text, resource_id AS "resourceId", field, before, after, seen_at AS "seenAt"
      FROM drift WHERE tenant_id = ${tenantId}::uuid AND state = 'open' AND resource_id = ANY (${ids}::text[]) ORDER BY id`;
  const left = leftToTenant(await readPolicy(tx, tenantId));
  const openOf = Map.groupBy(open, ({ resourceId }) => resourceId);
  const writesOf = Map.groupBy(writes, ({ resourceId }) => resourceId);
  return [...Map.groupBy(rows, ({ resourceId }) => resourceId)].flatMap(([resourceId, steps]) =>
    judgeSteps(
      steps,
      openOf.get(resourceId) ?? [],
      [...(writesOf.get(resourceId) ?? []), ...writesTo(writes, steps)],
      left,
    ),
  );
}

type KeyedWrite = OurWrite & { resourceKey: string };

/** Operations that never learnt their resource's id, by the addresses the person has or had. */
function writesTo(writes: readonly OurWrite[], steps: readonly Row[]): OurWrite[] {
  const keys = new Set(steps.flatMap(keysOf));
  return writes.filter((write) => write.resourceId === null && keys.has((write as KeyedWrite).resourceKey));
}

function keysOf({ userName, field, before, after }: Row): string[] {
  const names = field === "userName" ? [userName, before, after] : [userName];
  return names.flatMap((name) => (name ? [`user:${userNameKey(name)}`] : []));
}

/** What we ever sent to these people. */
function readWrites(tx: Transaction, tenantId: string, rows: readonly Row[]): Promise<KeyedWrite[]> {
  const keys = [...new Set(rows.flatMap(keysOf))];
  return tx.$queryRaw<KeyedWrite[]>`
    SELECT resource_key AS "resourceKey", resource_id AS "resourceId", intent, state, diff, sent_at AS "sentAt",
           confirmed_at AS "confirmedAt"
      FROM operation WHERE tenant_id = ${tenantId}::uuid AND resource_key = ANY (${keys}::text[]) AND sent_at IS NOT NULL
       AND state IN ('sent', 'unknown', 'accepted', 'confirmed', 'failed')`;
}

function leftToTenant({ mapping }: RosterPolicy): ReadonlySet<string> {
  return new Set(mappedKeys.filter((key) => mapping.rules[key].owner === "tenant"));
}

/** What is closed before what is opened: one row of a field is open at a time, and the database holds us to it. */
async function record(tx: Transaction, verdicts: readonly DriftVerdict[]): Promise<void> {
  for (const isOpen of [false, true]) {
    const rows = verdicts.filter(({ state }) => (state === "open") === isOpen);
    if (rows.length === 0) continue;
    await tx.$executeRaw`
      UPDATE drift d SET state = r.state, before = r.before
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id bigint, state text, before text) WHERE d.id = r.id`;
  }
}

async function raise(
  tx: Transaction,
  scope: Scope,
  tenant: Tenant & { tenantId: string },
  opened: readonly Row[],
  writes: readonly OurWrite[],
): Promise<void> {
  const { tenantId, name, mode } = tenant;
  // In a mixed tenant another writer is known and allowed.
  const code = mode === "source" && isSecondWriter(opened, writes) ? "second-writer" : "drift-found";
  const people = [...new Set(opened.map(({ label }) => label))];
  const fields = [...new Set(opened.map(({ field }) => field))].sort();
  await appendEvent(tx, scope, {
    action: "drift.found",
    tenantId,
    target: name,
    result: code,
    details: { values: opened.length, people: people.length, fields },
  });
  const more = people.length > 3 ? ` and ${people.length - 3} more` : "";
  const detail = `${opened.length} ${opened.length === 1 ? "value" : "values"} changed: ${people.slice(0, 3).join(", ")}${more}.`;
  await openNotice(tx, scope, { tenantId, code, detail });
}

/** Nothing is open any more: decided, put back or gone back by itself. */
export async function closeIfDecided(tx: Transaction, scope: Scope, tenantId: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ isOpen: boolean }[]>`
    SELECT EXISTS (SELECT FROM drift WHERE tenant_id = ${tenantId}::uuid AND state = 'open') AS "isOpen"`;
  if (row?.isOpen) return;
  await closeNotices(tx, scope, { tenantId, code: "second-writer" });
  await closeNotices(tx, scope, { tenantId, code: "drift-found" });
}
