import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { AccessDeniedError } from "@/lib/auth/access-denied-error";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";

/**
 * Records a denied request, in a transaction of its own, because the refused one rolls back. The foreign tenants are
 * in the details: only an operator who may touch a tenant may write its events.
 */
export async function recordDenial(scope: Scope, error: unknown): Promise<void> {
  if (!(error instanceof AccessDeniedError)) return;
  const { permission, code, tenantIds } = error;
  await transaction(scope, (tx) =>
    appendEvent(tx, scope, {
      action: "access.denied",
      target: permission,
      result: "refused",
      reason: code,
      details: tenantIds.length > 0 ? { tenantIds } : undefined,
    }),
  );
}
