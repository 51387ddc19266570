import type { Permission } from "@/lib/auth/permissions";
import { AppError, notFound } from "@/lib/errors";

/** A refusal that the audit log shall hold: somebody asked for what their role or their tenants do not give. */
export class AccessDeniedError extends AppError {
  readonly permission: Permission;
  /** the tenants that were asked for and are not theirs; empty when the role is what refused */
  readonly tenantIds: readonly string[];

  /** A foreign tenant answers as a missing one does, so that ids tell nothing. */
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
