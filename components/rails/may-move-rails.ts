import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

/** A disconnected tenant's rails can no longer change. */
export function mayMoveRails(tenant: Pick<TenantDetail, "state">, role: Role): boolean {
  return tenantCan.edit(tenant) && can(role, "rails.manage");
}
