import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { AccessDeniedError } from "@/lib/auth/access-denied-error";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";

/**
 * Writes down that somebody asked for what is not theirs. In a transaction of its own: the refused one is undone.
 * The foreign tenants stand in the details, because an event of a tenant may be written only by who may touch it.
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
