import "server-only";
import { appendEvents } from "@/lib/audit/log/append";
import type { AuditAction } from "@/lib/audit/log/events";
import { authorize } from "@/lib/auth/authorize";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import { Prisma, transaction, type Transaction } from "@/lib/db/transaction";
import { AppError, notFound } from "@/lib/errors";
import { ownByTenant } from "@/lib/roster/policy/own-by-tenant";
import { mappedKeys } from "@/lib/roster/policy/policy";
import { acceptDrift } from "@/lib/engine/drift/accept";
import { requireAccepted } from "@/lib/engine/drift/accepted-memberships";
import { isMembership, kindOf } from "@/lib/engine/drift/drift-field";
import { putBack } from "@/lib/engine/drift/put-back";
import type { PutBack } from "@/lib/engine/drift/put-back-intents";
import type { DriftDecision } from "@/lib/engine/drift/decisions";
import type { DecideDrift } from "@/lib/engine/drift/schema";
import { closeIfDecided } from "@/lib/engine/drift/drift-issues";

/** The transaction makes plans, and a plan of hundreds of people is read and stored whole. */
const DECIDING_MS = 60_000;

/**
 * Decides values that somebody else changed: writes them to the roster, plans the old ones, or leaves the field (or
 * all memberships) to the tenant from now on, with all its open drift.
 * @returns the changes that put values back; each still has to be reviewed and applied.
 */
export async function decideDrift(scope: Scope, input: DecideDrift): Promise<{ changeIds: string[] }> {
  authorize(scope, "drift.decide", [input.tenantId]);
  if (input.decision === "put-back") authorize(scope, "change.create", [input.tenantId]);
  const { tenantId, decision, reason } = input;
  return transaction(
    scope,
    async (tx) => {
      const tenantName = await lockTenant(tx, tenantId);
      const chosen = await lockOpen(tx, input);
      if (chosen.length !== input.driftIds.length) throw decidedSince();
      const rows = decision === "always" ? await widen(tx, tenantId, chosen) : chosen;
      const decided = { tenantId, operatorId: operatorIdOf(scope), reason, rows };
      const changes = decision === "put-back" ? await putBack(tx, scope, decided) : new Map<string, string>();
      if (decision === "accept") {
        await acceptDrift(tx, scope, decided);
        await requireAccepted(tx, tenantId, rows);
      }
      if (decision === "always") {
        const memberships = rows.filter(({ field }) => isMembership(field));
        if (memberships.length > 0) await acceptDrift(tx, scope, { tenantId, rows: memberships });
        await ownByTenant(tx, scope, {
          ...decided,
          tenantName,
          fields: rows.map(({ field }) => kindOf(field)),
        });
      }
      await record(tx, decided, decision, changes);
      await appendEvents(
        tx,
        scope,
        rows.map((row) => toEvent(row, decided, decision, changes.get(row.id))),
      );
      await closeIfDecided(tx, scope, tenantId);
      return { changeIds: [...new Set(changes.values())] };
    },
    { timeoutMs: DECIDING_MS },
  );
}

async function lockTenant(tx: Transaction, tenantId: string): Promise<string> {
  const [tenant] = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM tenant WHERE id = ${tenantId}::uuid AND state <> 'disconnected' FOR NO KEY UPDATE`;
  if (!tenant) throw notFound("tenant");
  return tenant.name;
}

function lockOpen(tx: Transaction, { tenantId, driftIds }: DecideDrift): Promise<PutBack[]> {
  return lockRows(tx, tenantId, Prisma.sql`d.id = ANY (${driftIds}::bigint[])`);
}

/** Reads the current names of the account and its group: plans and roster entries use names. */
function lockRows(tx: Transaction, tenantId: string, which: Prisma.Sql): Promise<PutBack[]> {
  return tx.$queryRaw<PutBack[]>`
    WITH chosen AS MATERIALIZED (
      SELECT d.*, CASE WHEN d.field LIKE 'group:%' THEN substr(d.field, 7) END AS group_id
        FROM drift d WHERE d.tenant_id = ${tenantId}::uuid AND d.state = 'open' AND ${which} ORDER BY d.id FOR UPDATE)
    SELECT d.id::text, d.resource_id AS "resourceId", coalesce(u.user_name, d.user_name) AS "userName", d.field,
           CASE WHEN d.before IS NOT NULL THEN coalesce(g.display_name, d.before) END AS before,
           CASE WHEN d.after IS NOT NULL THEN coalesce(g.display_name, d.after) END AS after
      FROM chosen d
      LEFT JOIN directory_user u ON u.tenant_id = ${tenantId}::uuid AND u.resource_id = d.resource_id AND d.field <> 'group'
      LEFT JOIN directory_group g ON g.tenant_id = ${tenantId}::uuid AND g.resource_id = d.group_id
     ORDER BY d.id`;
}

/** All open drift of the chosen fields; memberships count as one field, whatever their group. */
function widen(tx: Transaction, tenantId: string, chosen: readonly PutBack[]): Promise<PutBack[]> {
  const kinds = [...new Set(chosen.map(({ field }) => kindOf(field)))];
  if (kinds.some((kind) => kind !== "membership" && !mappedKeys.some((key) => key === kind))) {
    throw new AppError(
      "conflict",
      "Only an attribute or memberships can be left to the tenant. Existence, active state, address and a group itself cannot. Nothing was decided. Choose other lines.",
    );
  }
  const memberships = kinds.includes("membership") ? Prisma.sql`OR d.field LIKE 'group:%'` : Prisma.empty;
  return lockRows(tx, tenantId, Prisma.sql`(d.field = ANY (${kinds}::text[]) ${memberships})`);
}

const states: Record<DriftDecision, string> = {
  accept: "accepted",
  "put-back": "put_back",
  always: "always",
};

const actions = {
  accept: "drift.accepted",
  "put-back": "drift.put_back",
  always: "drift.always_accepted",
} as const satisfies Record<DriftDecision, AuditAction>;

type Decided = { tenantId: string; operatorId: string; reason: string; rows: readonly PutBack[] };

async function record(
  tx: Transaction,
  { operatorId, reason, rows }: Decided,
  decision: DriftDecision,
  changes: ReadonlyMap<string, string>,
): Promise<void> {
  const decided = rows.map(({ id }) => ({ id, changeId: changes.get(id) ?? null }));
  await tx.$executeRaw`
    UPDATE drift d SET state = ${states[decision]}, reason = ${reason}, decided_by = ${operatorId}::uuid, decided_at = now(),
           change_id = r."changeId"
      FROM jsonb_to_recordset(${JSON.stringify(decided)}::jsonb) AS r(id bigint, "changeId" uuid) WHERE d.id = r.id`;
}

function toEvent(row: PutBack, { tenantId, reason }: Decided, decision: DriftDecision, changeId?: string) {
  const { userName, field, before, after } = row;
  return {
    action: actions[decision],
    tenantId,
    changeId,
    target: userName || (after ?? before ?? ""),
    result: "ok",
    reason,
    details: { field, was: before, is: after },
  };
}

function decidedSince(): AppError {
  return new AppError(
    "conflict",
    "Some of these lines were decided or changed again since you opened the page. Nothing was decided. Reload the page and choose again.",
  );
}
