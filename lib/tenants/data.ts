import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import { countAbsent, findAbsent } from "@/lib/tenants/cut-over";
import { matches, pageTenants } from "@/lib/tenants/page-tenants";
import {
  STATE_COLUMNS,
  STATE_TABLES,
  SUMMARY_COLUMNS,
  SUMMARY_TABLES,
  WORST_FIRST,
} from "@/lib/tenants/summary";
import type {
  Absences,
  AbsentPerson,
  OldestRead,
  TenantDetail,
  TenantFilter,
  TenantHealth,
  TenantInNeed,
  TenantOption,
  TenantOptions,
  TenantPage,
  TenantSearch,
  TenantSummary,
} from "@/lib/tenants/types";
import { type RateRecord, raisedRate } from "@/lib/tenants/rate";

/** Lists all tenants of the scope, worst first. */
export async function listTenants(scope: Scope): Promise<TenantSummary[]> {
  authorize(scope, "tenant.read");
  return transaction(
    scope,
    (tx) =>
      tx.$queryRaw<TenantSummary[]>`SELECT ${SUMMARY_COLUMNS} FROM ${SUMMARY_TABLES} ORDER BY ${WORST_FIRST}`,
  );
}

/** Lists one page of them, with the number in each view. */
export async function listTenantPage(scope: Scope, filter: TenantFilter): Promise<TenantPage> {
  authorize(scope, "tenant.read");
  return transaction(scope, (tx) => pageTenants(tx, filter));
}

/**
 * Lists tenants that may need a person, worst first. Every page loads these, so the query counts nothing for the
 * others.
 */
export async function listTenantsInNeed(scope: Scope): Promise<TenantInNeed[]> {
  authorize(scope, "tenant.read");
  return transaction(
    scope,
    (tx) => tx.$queryRaw<TenantInNeed[]>`
    SELECT ${STATE_COLUMNS} FROM ${STATE_TABLES}
     WHERE t.state = 'quarantined' OR (t.state = 'healthy' AND (
             t.cooldown_to IS NOT NULL OR latest.state = 'failed' OR (t.test_mode AND t.mode <> 'observe')))
     ORDER BY ${WORST_FIRST}`,
  );
}

/**
 * Tenants to choose from, by name: those that match the text, or those with these ids.
 * @param input.limit how many at most; `total` says how many there are
 */
export async function listTenantOptions(scope: Scope, input: TenantSearch): Promise<TenantOptions> {
  authorize(scope, "tenant.read");
  const { text = "", ids, withDisconnected = false, limit } = input;
  const rows = await transaction(
    scope,
    (tx) => tx.$queryRaw<(TenantOption & { total: number })[]>`
    SELECT t.id, t.name, t.domains, t.mode, t.state, t.reason, t.test_mode AS "testMode", whole.finished_at AS "readAt",
           (count(*) OVER ())::int AS total
      FROM tenant t LEFT JOIN directory_read whole ON whole.id = t.read_id
     WHERE (t.state <> 'disconnected' OR ${withDisconnected}) AND ${matches(text)}
       AND (${ids === undefined} OR t.id = ANY (${ids ?? []}::uuid[]))
     ORDER BY lower(t.name), t.id LIMIT ${limit}`,
  );
  return { total: rows[0]?.total ?? 0, tenants: rows.map(({ total: _total, ...tenant }) => tenant) };
}

/** The oldest of the readings behind a list of people, with its tenant; null where nothing was read. */
export async function findOldestRead(scope: Scope, input: { tenantId?: string }): Promise<OldestRead | null> {
  authorize(scope, "tenant.read");
  const { tenantId = null } = input;
  const [oldest] = await transaction(
    scope,
    (tx) => tx.$queryRaw<OldestRead[]>`
    SELECT t.name, whole.finished_at AS "readAt", (count(*) OVER ())::int AS tenants
      FROM tenant t JOIN directory_read whole ON whole.id = t.read_id
     WHERE t.state <> 'disconnected' AND whole.finished_at IS NOT NULL
       AND (${tenantId}::uuid IS NULL OR t.id = ${tenantId}::uuid)
     ORDER BY whole.finished_at LIMIT 1`,
  );
  return oldest ?? null;
}

/** @throws AppError not-found, also for a tenant outside the scope. */
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

/** Counts the absences that the cut-over gate shows. */
export async function getAbsences(scope: Scope, input: { tenantId: string }): Promise<Absences> {
  authorize(scope, "tenant.read");
  return transaction(scope, (tx) => countAbsent(tx, input.tenantId));
}

/** Lists the first of these people, by name. */
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

/** @throws AppError not-found, also for a tenant outside the scope. */
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
