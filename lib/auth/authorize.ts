import { AccessDeniedError } from "@/lib/auth/access-denied-error";
import { can, type Permission } from "@/lib/auth/permissions";
import { mayTouch, type Scope } from "@/lib/auth/scope";

/**
 * The first statement of every mutation. A process of ours has every permission, and is bound by its tenants alone.
 * @throws AccessDeniedError with code "forbidden" when the role may not, "not-found" when a tenant is not theirs
 */
export function authorize(scope: Scope, permission: Permission, tenantIds: readonly string[] = []): void {
  if (scope.actor.kind === "operator" && !can(scope.actor.role, permission))
    throw new AccessDeniedError(permission);
  const foreign = tenantIds.filter((tenantId) => !mayTouch(scope, tenantId));
  if (foreign.length > 0) throw new AccessDeniedError(permission, foreign);
}
