import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import type { TenantDetail } from "@/lib/tenants/types";

/** A disconnected tenant is history, and its rails are too. */
export function mayMoveRails({ state }: Pick<TenantDetail, "state">, role: Role): boolean {
  return state !== "disconnected" && can(role, "rails.manage");
}
