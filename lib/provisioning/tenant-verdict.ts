import "server-only";
import { appendEvent } from "@/lib/audit/append";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { classify } from "@/lib/provisioning/outcome";
import { TenantClosedError } from "@/lib/tenants/open-tenant";
import { createTenantWatch, type TenantVerdict } from "@/lib/provisioning/tenant-watch";

/** The tenant, the change that was being carried out, and which token the exchange used. */
type Where = { tenantId: string; changeId?: string; credentialVersion?: number | null };

/** Writes what an exchange with a tenant told about it: well again, to be left alone for a while, or quarantined. */
export async function recordVerdict(
  tx: Transaction,
  scope: Scope,
  where: Where,
  verdict: TenantVerdict,
): Promise<void> {
  const { tenantId } = where;
  switch (verdict.kind) {
    case "well":
      await tx.$executeRaw`
        UPDATE tenant SET failures = 0, reason = NULL, reason_at = NULL, cooldown_to = NULL
         WHERE id = ${tenantId}::uuid AND state = 'healthy' AND (failures > 0 OR reason IS NOT NULL)
           AND (cooldown_to IS NULL OR cooldown_to <= now())`;
      return;
    case "cooldown":
      await tx.$executeRaw`
        UPDATE tenant SET failures = ${verdict.failures}, reason = ${verdict.reason}, reason_at = coalesce(reason_at, now()),
               cooldown_to = now() + ${verdict.delayMs} * interval '1 ms'
         WHERE id = ${tenantId}::uuid AND state = 'healthy'`;
      return;
    case "quarantine":
      await quarantine(tx, scope, where, verdict.reason);
  }
}

/** A token that was replaced meanwhile may be rejected without saying anything about the new one. */
async function quarantine(
  tx: Transaction,
  scope: Scope,
  { credentialVersion = null, ...where }: Where,
  reason: string,
) {
  const [quarantined] = await tx.$queryRaw<{ name: string }[]>`
    UPDATE tenant SET state = 'quarantined', reason = ${reason}, reason_at = now()
     WHERE id = ${where.tenantId}::uuid AND state = 'healthy'
       AND (${credentialVersion}::int IS NULL OR ${credentialVersion} = (
             SELECT max(version) FROM credential c WHERE c.tenant_id = tenant.id AND c.destroyed_at IS NULL))
    RETURNING name`;
  if (!quarantined) return;
  if (reason === "token-rejected") {
    await tx.$executeRaw`
      UPDATE credential SET rejected_at = now() WHERE tenant_id = ${where.tenantId}::uuid AND destroyed_at IS NULL`;
  }
  const { tenantId, changeId } = where;
  await appendEvent(tx, scope, {
    action: "tenant.quarantined",
    tenantId,
    changeId,
    target: quarantined.name,
    result: reason,
  });
}

/**
 * What a reading that failed says about its tenant. A single failure leaves the tenant alone for a moment, so that a
 * directory that cannot be read is not asked for again and again.
 */
export async function recordTrouble(scope: Scope, tenantId: string, error: unknown): Promise<void> {
  await transaction(scope, async (tx) => {
    if (error instanceof TenantClosedError) {
      return recordVerdict(tx, scope, { tenantId }, { kind: "quarantine", reason: error.reason });
    }
    const [row] = await tx.$queryRaw<
      { failures: number }[]
    >`SELECT failures FROM tenant WHERE id = ${tenantId}::uuid`;
    const { tenant, code } = classify(error, 1);
    const watch = createTenantWatch(row?.failures ?? 0);
    watch.note(tenant.kind === "stop" || tenant.kind === "slow" ? tenant : { kind: "slow" }, code);
    await recordVerdict(tx, scope, { tenantId }, watch.verdict());
  });
}

/** A reading that went well: earlier trouble is over, unless another worker was just told to wait. */
export async function recordWell(scope: Scope, tenantId: string): Promise<void> {
  await transaction(scope, (tx) => recordVerdict(tx, scope, { tenantId }, { kind: "well" }));
}
