import type { GrantableTenant } from "@/components/operators/grants-field";
import { loadTenantOptions } from "@/lib/tenants/loaders";
import type { TenantOption } from "@/lib/tenants/types";

/** The number offered as checkboxes; a search finds the others by name. */
const SHOWN = 12;

export type Grantable = {
  /** The granted tenants, and the first of the others. */ tenants: GrantableTenant[];
  total: number;
};

/** @param granted IDs that are ticked at first */
export async function loadGrantable(granted: readonly string[] = []): Promise<Grantable> {
  const [first, held] = await Promise.all([
    loadTenantOptions({ limit: SHOWN, withDisconnected: true }),
    loadTenantOptions({ ids: granted, limit: granted.length, withDisconnected: true }),
  ]);
  const known = new Map(
    [...held.tenants, ...first.tenants].map((tenant) => [tenant.id, toGrantable(tenant)]),
  );
  return { tenants: [...known.values()], total: first.total };
}

/** A disconnected tenant can still be granted for its history, and is labelled. */
function toGrantable({ id, name, state }: TenantOption): GrantableTenant {
  return { id, name: state === "disconnected" ? `${name} (disconnected)` : name };
}
