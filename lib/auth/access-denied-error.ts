import type { Permission } from "@/lib/auth/permissions";
import { AppError, notFound } from "@/lib/errors";

/** A refusal that the audit log must record: a request beyond the operator's role or tenants. */
export class AccessDeniedError extends AppError {
  readonly permission: Permission;
  /** the requested tenants outside the scope; empty when the role is the reason */
  readonly tenantIds: readonly string[];

  /** Another operator's tenant answers like a missing one, so that ids reveal nothing. */
  constructor(permission: Permission, tenantIds: readonly string[] = []) {
    const isForeign = tenantIds.length > 0;
    super(isForeign ? "not-found" : "forbidden", isForeign ? notFound("tenant").message : FORBIDDEN);
    this.name = "AccessDeniedError";
    this.permission = permission;
    this.tenantIds = tenantIds;
  }
}

const FORBIDDEN =
  "Your role does not allow this. Nothing was changed. Ask an owner to do it, or to change your role.";
