import "server-only";
import { appendEvent } from "@/lib/audit/append";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { probe, type ProbeResult } from "@/lib/knowbe4/probe";
import { type OpenTenant, TenantClosedError } from "@/lib/tenants/open-tenant";

/**
 * Probes a tenant that is connecting, without writing to it: healthy when it answered as a SCIM server should, else
 * quarantined with the first thing that failed.
 * @returns whether the tenant is healthy now.
 */
export async function probeTenant(
  scope: Scope,
  tenantId: string,
  open: (tenantId: string) => Promise<OpenTenant>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const tenant = await open(tenantId);
    const result = await probe(tenant.scim, { signal, now: new Date() }).finally(() => tenant.close());
    return await recordProbe(scope, tenantId, result, failureOf(result));
  } catch (error) {
    if (!(error instanceof TenantClosedError)) throw error;
    return recordProbe(scope, tenantId, null, error.reason);
  }
}

async function recordProbe(
  scope: Scope,
  tenantId: string,
  result: ProbeResult | null,
  failure: CatalogueCode | null,
): Promise<boolean> {
  const state = failure ? "quarantined" : "healthy";
  return transaction(scope, async (tx) => {
    // Only from connecting: an operator who paused the tenant meanwhile is not overruled.
    const moved = await tx.$executeRaw`
      UPDATE tenant SET state = ${state}, reason = ${failure}, reason_at = CASE WHEN ${failure}::text IS NULL THEN NULL ELSE now() END,
             probe = coalesce(${result ? JSON.stringify(result) : null}::jsonb, probe), probed_at = now(), failures = 0, cooldown_to = NULL
       WHERE id = ${tenantId}::uuid AND state = 'connecting'`;
    if (moved === 0) return false;
    if (failure === "token-rejected") {
      await tx.$executeRaw`UPDATE credential SET rejected_at = now() WHERE tenant_id = ${tenantId}::uuid AND destroyed_at IS NULL`;
    }
    await appendEvent(tx, scope, {
      action: "tenant.probed",
      tenantId,
      target: result?.capabilities.answeredBy ?? "tenant",
      result: failure ?? "ok",
      after: { state },
      details: { steps: result?.steps.map((step) => `${step.name}: ${step.state}`) ?? [] },
    });
    return failure === null;
  });
}

/** The first thing that failed. */
function failureOf({ steps }: ProbeResult): CatalogueCode | null {
  return steps.find(({ state }) => state === "failed")?.code ?? null;
}
