import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { OPEN, UNFINISHED_RUN } from "@/lib/db/state-lists";
import { Prisma, transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import { countAbsent, findAbsent } from "@/lib/tenants/cut-over";
import type { Absences, AbsentPerson, TenantDetail, TenantHealth, TenantSummary } from "@/lib/tenants/types";
import { type RateRecord, raisedRate } from "@/lib/tenants/rate";

const SUMMARY_COLUMNS = Prisma.sql`
  t.id, t.name, t.mode, t.state, t.reason, t.reason_at AS "reasonAt", t.cooldown_to AS "cooldownTo", t.domains,
  t.test_mode AS "testMode", whole.users, whole.active, whole.groups, whole.finished_at AS "readAt",
  latest.state AS "lastReadState", CASE WHEN latest.state = 'failed' THEN latest.reason END AS "lastReadReason",
  (SELECT max(o.confirmed_at) FROM operation o WHERE o.tenant_id = t.id AND o.state = 'confirmed') AS "lastConfirmedAt",
  (SELECT count(*)::int FROM operation o WHERE o.tenant_id = t.id AND o.state = 'accepted') AS unconfirmed,
  (SELECT count(*)::int FROM operation o JOIN run r ON r.id = o.run_id
    WHERE r.tenant_id = t.id AND r.state IN ${UNFINISHED_RUN} AND o.state IN ${OPEN}) AS open`;

const SUMMARY_TABLES = Prisma.sql`
  tenant t LEFT JOIN directory_read whole ON whole.id = t.read_id
  LEFT JOIN LATERAL (SELECT r.state, r.reason FROM directory_read r
                      WHERE r.tenant_id = t.id ORDER BY r.requested_at DESC LIMIT 1) latest ON true`;

/** The tenants of the scope, worst first: what needs a person stands above what is well. Disconnected ones last. */
export async function listTenants(scope: Scope): Promise<TenantSummary[]> {
  authorize(scope, "tenant.read");
  return transaction(
    scope,
    (tx) => tx.$queryRaw<TenantSummary[]>`
    SELECT ${SUMMARY_COLUMNS} FROM ${SUMMARY_TABLES}
     ORDER BY CASE t.state WHEN 'quarantined' THEN 0 WHEN 'connecting' THEN 1 WHEN 'paused' THEN 2 WHEN 'healthy' THEN 3 ELSE 4 END,
              t.reason IS NULL, latest.state IS DISTINCT FROM 'failed', lower(t.name)`,
  );
}

/** @throws AppError not-found, also for a tenant that is not the scope's. */
export async function getTenant(scope: Scope, input: { tenantId: string }): Promise<TenantDetail> {
  authorize(scope, "tenant.read");
  const [tenant] = await transaction(
    scope,
    (tx) => tx.$queryRaw<TenantDetail[]>`
    SELECT ${SUMMARY_COLUMNS}, t.tenant_url AS "tenantUrl", t.connected_at AS "connectedAt", t.disconnected_at AS "disconnectedAt",
           t.probe, t.probed_at AS "probedAt", t.rate, t.rate_max AS "rateMax",
           t.in_flight_max AS "inFlightMax", t.visible_in_minutes AS "visibleInMinutes",
           t.archive_hold_min AS "archiveHoldMin", t.archive_hold_share AS "archiveHoldShare",
           t.restore_hold_min AS "restoreHoldMin", t.restore_hold_share AS "restoreHoldShare",
           t.removal_hold_min AS "removalHoldMin", t.removal_hold_share AS "removalHoldShare",
           t.allow_create AS "allowCreate", t.allow_update AS "allowUpdate", t.allow_archive AS "allowArchive", t.seats,
           t.reconciles, t.quarantined_at AS "quarantinedAt", t.probe_next_at AS "probeNextAt",
           t.adopted_at AS "adoptedAt", t.signed_at AS "signedAt",
           (SELECT o.name FROM operator o WHERE o.id = t.signed_by) AS "signedBy",
           (SELECT jsonb_build_object('version', c.version, 'createdAt', c.created_at, 'createdBy', c.created_by,
                                      'usedAt', c.used_at, 'rejectedAt', c.rejected_at)
              FROM credential c WHERE c.tenant_id = t.id AND c.destroyed_at IS NULL) AS credential
      FROM ${SUMMARY_TABLES} WHERE t.id = ${input.tenantId}::uuid`,
  );
  if (!tenant) throw notFound("tenant");
  return { ...tenant, credential: tenant.credential && toCredential(tenant.credential) };
}

/** The number that the cut-over gate shows, counted now. */
export async function getAbsences(scope: Scope, input: { tenantId: string }): Promise<Absences> {
  authorize(scope, "tenant.read");
  return transaction(scope, (tx) => countAbsent(tx, input.tenantId));
}

/** Who they are, the first of them by name. */
export async function listAbsent(
  scope: Scope,
  input: { tenantId: string; limit: number },
): Promise<AbsentPerson[]> {
  authorize(scope, "directory.read");
  return transaction(scope, (tx) => findAbsent(tx, input.tenantId, input.limit));
}

/** JSON has no dates. */
function toCredential(credential: NonNullable<TenantDetail["credential"]>): TenantDetail["credential"] {
  const { createdAt, usedAt, rejectedAt, ...rest } = credential;
  return {
    ...rest,
    createdAt: new Date(createdAt),
    usedAt: usedAt && new Date(usedAt),
    rejectedAt: rejectedAt && new Date(rejectedAt),
  };
}

/** @throws AppError not-found, also for a tenant that is not the scope's. */
export async function getHealth(scope: Scope, input: { tenantId: string }): Promise<TenantHealth> {
  authorize(scope, "tenant.read");
  const [row] = await transaction(
    scope,
    (tx) => tx.$queryRaw<(TenantHealth & RateRecord)[]>`
    SELECT t.state, t.reason, t.reason_at AS "reasonAt", t.rate, t.rate_max AS "rateMax", t.failures, t.cooldown_to AS "cooldownTo",
           extract(epoch FROM now() - t.rate_at)::float * 1000 AS "cleanMs", t.quarantined_at AS "quarantinedAt",
           t.probe_next_at AS "probeNextAt", t.probes,
           (SELECT count(*)::int FROM issue n WHERE n.tenant_id = t.id AND n.state = 'open') AS issues
      FROM tenant t WHERE t.id = ${input.tenantId}::uuid`,
  );
  if (!row) throw notFound("tenant");
  const { cleanMs, ...health } = row;
  return { ...health, rate: raisedRate({ ...health, cleanMs }) };
}
