import type { GrantableTenant } from "@/components/operators/grants-field";
import type { TenantSummary } from "@/lib/tenants/types";

/** By name. A disconnected one can still be granted for its history, and says what it is. */
export function toGrantable(tenants: readonly TenantSummary[]): GrantableTenant[] {
  return tenants
    .map(({ id, name, state }) => ({ id, name: state === "disconnected" ? `${name} (disconnected)` : name }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}
