import "server-only";
import { cache } from "react";
import {
  findOldestRead,
  getAbsences,
  getHealth,
  getTenant,
  listAbsent,
  listTenantOptions,
  listTenantPage,
  listTenants,
  listTenantsInNeed,
} from "@/lib/tenants/data";
import { getSyncSettings } from "@/lib/tenants/sync-settings";
import type { TenantFilter, TenantSearch } from "@/lib/tenants/types";
import { requireScope } from "@/lib/web/current-scope";

export const loadTenants = cache(async () => listTenants(await requireScope()));

export const loadTenantsInNeed = cache(async () => listTenantsInNeed(await requireScope()));

export async function loadTenantPage(filter: TenantFilter) {
  return listTenantPage(await requireScope(), filter);
}

/** The first tenants that a field offers before anything is typed, and those already chosen. */
export async function loadTenantOptions(search: TenantSearch) {
  return listTenantOptions(await requireScope(), search);
}

export async function loadOldestRead(tenantId?: string) {
  return findOldestRead(await requireScope(), { tenantId });
}

export const loadTenant = cache(async (tenantId: string) => getTenant(await requireScope(), { tenantId }));

export const loadAbsences = cache(async (tenantId: string) =>
  getAbsences(await requireScope(), { tenantId }),
);

export const loadAbsent = cache(async (tenantId: string, limit: number) =>
  listAbsent(await requireScope(), { tenantId, limit }),
);

export const loadSyncSettings = cache(async (tenantId: string) =>
  getSyncSettings(await requireScope(), { tenantId }),
);

export async function loadHealth(tenantId: string) {
  return getHealth(await requireScope(), { tenantId });
}
