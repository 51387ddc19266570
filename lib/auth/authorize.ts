import { AccessDeniedError } from "@/lib/auth/access-denied-error";
import { can, type Permission } from "@/lib/auth/permissions";
import { mayTouch, type Scope } from "@/lib/auth/scope";

/**
 * Requires a permission; the first statement of every mutation. A system process has every permission and is limited
 * only by its tenants.
 * @throws AccessDeniedError with code "forbidden" when the role lacks it, "not-found" when a tenant is outside the
 *   scope
 */
export function authorize(scope: Scope, permission: Permission, tenantIds: readonly string[] = []): void {
  if (scope.actor.kind === "operator" && !can(scope.actor.role, permission))
    throw new AccessDeniedError(permission);
  const foreign = tenantIds.filter((tenantId) => !mayTouch(scope, tenantId));
  if (foreign.length > 0) throw new AccessDeniedError(permission, foreign);
}
