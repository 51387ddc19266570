import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

/** A disconnected tenant is history, and its rails are too. */
export function mayMoveRails(tenant: Pick<TenantDetail, "state">, role: Role): boolean {
  return tenantCan.edit(tenant) && can(role, "rails.manage");
}
