import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { appendEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import type { SqlTransaction } from "@/lib/db/sql-transaction";
import { transaction } from "@/lib/db/transaction";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { resolveIssuesOfTenant, replaceIssue } from "@/lib/issues/open-issue";
import { TenantClosedError } from "@/lib/tenants/open-tenant";
import { NO_HEALTH_RECORD, restoreHealth, RECENT, type StoredHealth } from "@/lib/tenants/health";
import { probeDelayMs, toNextWords } from "@/lib/engine/health/probe-delay";
import { halvedRate, type RateRecord, raisedRate } from "@/lib/tenants/rate";
import { classifyError } from "@/lib/engine/run/classify-error";
import { storeHealth } from "@/lib/engine/health/store-health";
import { type HealthChange, verdictOfTrouble } from "@/lib/engine/health/circuit-breaker";

/** The tenant, the change being applied, and the version of the token that the exchange used. */
type Where = { tenantId: string; changeId?: string; credentialVersion?: number | null };

/** The aspect of a tenant that these issues concern. */
const CONNECTION = "connection";

/** Longer waits open an issue; shorter ones end before anybody would look. */
const TOLD_FROM_MS = 5 * 60_000;

/** Records what an exchange says about its tenant: healthy, on cooldown, or quarantined. */
export async function recordHealth(
  tx: SqlTransaction,
  scope: Scope,
  where: Where,
  verdict: HealthChange,
): Promise<void> {
  switch (verdict.kind) {
    case "well":
      return recordRecovery(tx, scope, where.tenantId);
    case "cooldown":
      return coolDown(tx, scope, where.tenantId, verdict);
    case "quarantine":
      return quarantine(tx, scope, where, verdict.reason);
  }
}

/**
 * Finds tenants for which a successful end has something to record: earlier trouble is over, or the rate may go up.
 */
export async function findRecovering(tx: SqlTransaction, tenantIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM tenant WHERE id = ANY (${[...tenantIds]}::uuid[])
       AND (failures > 0 OR reason IS NOT NULL
            OR (rate < coalesce(rate_max, 'infinity') AND rate_at <= now() - interval '1 minute'))`;
  return new Set(rows.map(({ id }) => id));
}

/** Ends earlier trouble, unless another worker has just received a wait, and raises the rate after clean minutes. */
async function recordRecovery(tx: SqlTransaction, scope: Scope, tenantId: string): Promise<void> {
  const standing = await readStanding(tx, tenantId);
  if (!standing) return;
  const raised = raisedRate(standing);
  if (raised !== standing.rate) {
    // Whole minutes only: the rest of the current one counts towards the next step.
    await tx.$executeRaw`
      UPDATE tenant SET rate = ${raised}, rate_at = rate_at + floor(extract(epoch FROM now() - rate_at) / 60) * interval '1 minute'
       WHERE id = ${tenantId}::uuid`;
  }
  if (!standing.isTroubled) return;
  const [recovered] = await tx.$queryRaw<{ isOnTrial: boolean }[]>`
    UPDATE tenant SET failures = 0, reason = NULL, reason_at = NULL, cooldown_to = NULL
     WHERE id = ${tenantId}::uuid AND state = 'healthy' AND (failures > 0 OR reason IS NOT NULL)
       AND (cooldown_to IS NULL OR cooldown_to <= now())
    RETURNING quarantined_at IS NOT NULL AS "isOnTrial"`;
  if (!recovered) return;
  const except = recovered.isOnTrial ? "failing-run" : undefined;
  await resolveIssuesOfTenant(tx, scope, { tenantId, subject: CONNECTION, except });
}

async function coolDown(
  tx: SqlTransaction,
  scope: Scope,
  tenantId: string,
  verdict: Extract<HealthChange, { kind: "cooldown" }>,
): Promise<void> {
  const { reason, delayMs, failures, isSlowed, measured } = verdict;
  const standing = isSlowed ? await readStanding(tx, tenantId) : null;
  const halved = standing && halvedRate(standing, measured);
  const cooled = await tx.$executeRaw`
    UPDATE tenant SET failures = ${failures}, reason = ${reason},
           reason_at = CASE WHEN reason = ${reason} THEN reason_at ELSE now() END,
           cooldown_to = now() + ${delayMs} * interval '1 ms',
           rate = coalesce(${halved}, rate), rate_at = CASE WHEN ${isSlowed} THEN now() ELSE rate_at END
     WHERE id = ${tenantId}::uuid AND state = 'healthy'`;
  if (cooled === 0 || delayMs <= TOLD_FROM_MS) return;
  const minutes = Math.round(delayMs / 60_000);
  const detail = `On cooldown for ${minutes} ${minutes === 1 ? "minute" : "minutes"} after ${failures} ${failures === 1 ? "failure" : "failures in a row"}.`;
  await replaceIssue(tx, scope, { tenantId, code: reason, subject: CONNECTION, detail });
}

/**
 * A rejection of a token that was replaced meanwhile says nothing about the new one. A tenant that is refused again
 * on trial continues its quarantine where it was: the probe intervals keep growing, and no second event is recorded.
 */
async function quarantine(
  tx: SqlTransaction,
  scope: Scope,
  { tenantId, changeId, credentialVersion = null }: Where,
  reason: CatalogueCode,
): Promise<void> {
  const [tenant] = await tx.$queryRaw<{ name: string; probes: number; trialMs: number | null }[]>`
    SELECT name, probes, extract(epoch FROM now() - quarantined_at)::float * 1000 AS "trialMs" FROM tenant
     WHERE id = ${tenantId}::uuid AND state = 'healthy'
       AND (${credentialVersion}::int IS NULL OR ${credentialVersion} = (
             SELECT max(version) FROM credential c WHERE c.tenant_id = tenant.id AND c.destroyed_at IS NULL))
       FOR NO KEY UPDATE`;
  if (!tenant) return;
  const isOnTrial = tenant.trialMs !== null && reason === "failing-run";
  const delayMs = isOnTrial ? probeDelayMs(tenant.probes, tenant.trialMs ?? 0) : probeDelayMs(0, 0);
  await tx.$executeRaw`
    UPDATE tenant SET state = 'quarantined', reason = ${reason}, reason_at = now(), cooldown_to = NULL,
           quarantined_at = CASE WHEN ${isOnTrial} THEN quarantined_at ELSE now() END,
           probes = CASE WHEN ${isOnTrial} THEN probes ELSE 0 END,
           probe_next_at = now() + ${delayMs}::double precision * interval '1 ms'
     WHERE id = ${tenantId}::uuid`;
  if (reason === "token-rejected") {
    await tx.$executeRaw`
      UPDATE credential SET rejected_at = now() WHERE tenant_id = ${tenantId}::uuid AND destroyed_at IS NULL`;
  }
  await appendEvent(tx, scope, {
    action: "tenant.quarantined",
    tenantId,
    changeId,
    target: tenant.name,
    result: reason,
  });
  const detail = `Nothing is sent. ${toNextWords(reason, delayMs)}`;
  await replaceIssue(tx, scope, { tenantId, code: reason, subject: CONNECTION, detail });
}

/** No lock: drives of one tenant do not overlap, and most have nothing to write here. */
async function readStanding(
  tx: SqlTransaction,
  tenantId: string,
): Promise<(RateRecord & { isTroubled: boolean }) | null> {
  const [standing] = await tx.$queryRaw<(RateRecord & { isTroubled: boolean })[]>`
    SELECT rate, rate_max AS "rateMax", extract(epoch FROM now() - rate_at)::float * 1000 AS "cleanMs",
           failures > 0 OR reason IS NOT NULL AS "isTroubled"
      FROM tenant WHERE id = ${tenantId}::uuid`;
  return standing ?? null;
}

/**
 * Records a failed exchange outside a run. One failure puts the tenant on a short cooldown, so that a failing
 * directory read is not repeated at once.
 */
export async function recordFailure(scope: Scope, tenantId: string, error: unknown): Promise<void> {
  requireSystem(scope);
  await transaction(scope, async (tx) => {
    if (error instanceof TenantClosedError) {
      return recordHealth(tx, scope, { tenantId }, { kind: "quarantine", reason: error.reason });
    }
    const { tenant, code } = classifyError(error, 1);
    const verdict = verdictOfTrouble(tenant, code, await readTroubles(tx, tenantId), Math.random);
    await storeHealth(tx, [{ scope, run: { tenantId }, verdict }]);
    await recordHealth(tx, scope, { tenantId }, verdict);
  });
}

async function readTroubles(tx: SqlTransaction, tenantId: string) {
  const [row] = await tx.$queryRaw<(StoredHealth & { failures: number })[]>`
    SELECT failures, health_record AS "record", extract(epoch FROM now() - health_record_at)::float * 1000 AS "recordAgeMs",
           state = 'healthy' AND quarantined_at IS NOT NULL AS "isOnTrial"
      FROM tenant WHERE id = ${tenantId}::uuid FOR NO KEY UPDATE`;
  return row
    ? { failures: row.failures, record: restoreHealth(row) }
    : { failures: 0, record: NO_HEALTH_RECORD };
}

/** Records a successful exchange: earlier trouble is over, unless another worker has just received a wait. */
export async function recordSuccess(scope: Scope, tenantId: string): Promise<void> {
  requireSystem(scope);
  await transaction(scope, async (tx) => {
    await tx.$executeRaw`
      UPDATE tenant SET health_record = jsonb_set(health_record, '{recent}', to_jsonb(right(health_record ->> 'recent' || '.', ${RECENT})))
       WHERE id = ${tenantId}::uuid AND health_record ->> 'recent' <> ''`;
    await recordHealth(tx, scope, { tenantId }, { kind: "well" });
  });
}
