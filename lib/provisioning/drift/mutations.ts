import "server-only";
import { appendEvents } from "@/lib/audit/append";
import type { AuditAction } from "@/lib/audit/events";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { AppError, notFound } from "@/lib/errors";
import { ownByTenant } from "@/lib/roster/own-by-tenant";
import { mappedKeys } from "@/lib/roster/policy";
import { acceptDrift } from "@/lib/provisioning/drift/accept";
import { putBack } from "@/lib/provisioning/drift/put-back";
import type { PutBack } from "@/lib/provisioning/drift/put-back-intents";
import type { DriftDecision } from "@/lib/provisioning/drift/decisions";
import type { DecideDrift } from "@/lib/provisioning/drift/schema";
import { closeIfDecided } from "@/lib/provisioning/drift/judge-drift";

/** Plans are made in it, and a plan of hundreds of people is read and stored whole. */
const DECIDING_MS = 60_000;

/**
 * Decides about values that somebody else changed: takes them into the roster, plans the old ones, or leaves the field
 * to the tenant from now on, with everything that is open of it.
 * @returns the changes that put values back; each waits to be looked at and applied.
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
      const decided = { tenantId, operatorId: operatorOf(scope), reason, rows };
      const changes = decision === "put-back" ? await putBack(tx, scope, decided) : new Map<string, string>();
      if (decision === "accept") await acceptDrift(tx, scope, decided);
      if (decision === "always") {
        await ownByTenant(tx, scope, { ...decided, tenantName, fields: rows.map(({ field }) => field) });
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

/** The address is the account's own of now: a plan and a roster entry name people by it. */
function lockOpen(tx: Transaction, { tenantId, driftIds }: DecideDrift): Promise<PutBack[]> {
  return tx.$queryRaw<PutBack[]>`
    SELECT d.id::text, d.resource_id AS "resourceId", coalesce(u.user_name, d.user_name) AS "userName", d.field, d.before, d.after
      FROM drift d LEFT JOIN directory_user u ON u.tenant_id = d.tenant_id AND u.resource_id = d.resource_id
     WHERE d.tenant_id = ${tenantId}::uuid AND d.id = ANY (${driftIds}::bigint[]) AND d.state = 'open'
     ORDER BY d.id FOR UPDATE OF d`;
}

/** All that is open of the chosen fields. */
async function widen(tx: Transaction, tenantId: string, chosen: readonly PutBack[]): Promise<PutBack[]> {
  const fields = [...new Set(chosen.map(({ field }) => field))];
  if (fields.some((field) => !mappedKeys.some((key) => key === field))) {
    throw new AppError(
      "conflict",
      "Only an attribute can be left to the tenant: being there, being active and the address cannot. Nothing was decided. Choose attributes alone.",
    );
  }
  return tx.$queryRaw<PutBack[]>`
    SELECT id::text, resource_id AS "resourceId", user_name AS "userName", field, before, after
      FROM drift WHERE tenant_id = ${tenantId}::uuid AND state = 'open' AND field = ANY (${fields}::text[])
     ORDER BY id FOR UPDATE`;
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
    target: userName,
    result: "ok",
    reason,
    details: { field, was: before, is: after },
  };
}

function operatorOf({ actor }: Scope): string {
  if (actor.kind !== "operator") throw new Error("Only an operator decides about drift");
  return actor.id;
}

function decidedSince(): AppError {
  return new AppError(
    "conflict",
    "Some of these lines were decided, or changed again, since you opened the page. Nothing was decided. Look again.",
  );
}
