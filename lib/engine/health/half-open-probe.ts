import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { BREAKER_FAILURES } from "@/lib/engine/run/backoff";
import { recordFailure } from "@/lib/engine/health/record-health";
import { resolveIssuesOfTenant } from "@/lib/issues/open-issue";
import type { OpenTenant } from "@/lib/tenants/open-tenant";

/** Longer than the read may take; if the worker dies, another one probes after this time. */
const RESERVED_SECONDS = 60;

/**
 * Probes a tenant whose breaker has been open long enough with a single GET, before anything else is sent to it. The
 * worker that moves the cooldown first probes, so twenty workers make one request; the others find the tenant on
 * cooldown.
 * @returns whether the breaker is closed now.
 */
export async function probeHalfOpen(
  scope: Scope,
  tenantId: string,
  open: (tenantId: string) => Promise<OpenTenant>,
  signal: AbortSignal,
): Promise<boolean> {
  requireSystem(scope);
  const until = await reserve(scope, tenantId);
  if (until === null) return false;
  try {
    const tenant = await open(tenantId);
    try {
      await tenant.scim.users.listOnce({ count: 1 }, { signal });
    } finally {
      await tenant.close();
    }
  } catch (error) {
    if (signal.aborted) await giveBack(scope, tenantId, until);
    else await recordFailure(scope, tenantId, error);
    return false;
  }
  return close(scope, tenantId, until);
}

/**
 * Reserves the probe.
 * @returns the end of the reservation, which identifies it; null when another worker has it or it is not due.
 */
async function reserve(scope: Scope, tenantId: string): Promise<string | null> {
  const [row] = await transaction(
    scope,
    (tx) => tx.$queryRaw<{ until: string }[]>`
      UPDATE tenant SET cooldown_to = now() + ${RESERVED_SECONDS} * interval '1 second'
       WHERE id = ${tenantId}::uuid AND state = 'healthy' AND failures >= ${BREAKER_FAILURES}
         AND (cooldown_to IS NULL OR cooldown_to <= now())
      RETURNING cooldown_to::text AS until`,
  );
  return row?.until ?? null;
}

async function giveBack(scope: Scope, tenantId: string, until: string): Promise<void> {
  await transaction(
    scope,
    (tx) => tx.$executeRaw`
      UPDATE tenant SET cooldown_to = now() WHERE id = ${tenantId}::uuid AND cooldown_to = ${until}::timestamptz`,
  );
}

async function close(scope: Scope, tenantId: string, until: string): Promise<boolean> {
  return transaction(scope, async (tx) => {
    const [closed] = await tx.$queryRaw<{ isOnTrial: boolean }[]>`
      UPDATE tenant SET failures = 0, reason = NULL, reason_at = NULL, cooldown_to = NULL,
             health_record = health_record || '{"recent": ""}'
       WHERE id = ${tenantId}::uuid AND state = 'healthy' AND cooldown_to = ${until}::timestamptz
      RETURNING quarantined_at IS NOT NULL AS "isOnTrial"`;
    if (!closed) return false;
    // A readable tenant does not end its trial: the trial is about writes.
    const except = closed.isOnTrial ? "failing-run" : undefined;
    await resolveIssuesOfTenant(tx, scope, { tenantId, subject: "connection", except });
    return true;
  });
}
