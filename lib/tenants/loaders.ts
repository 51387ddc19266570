import "server-only";
import { cache } from "react";
import { getAbsences, getHealth, getTenant, listAbsent, listTenants } from "@/lib/tenants/data";
import { getSyncSettings } from "@/lib/tenants/sync-settings";
import { requireScope } from "@/lib/web/current-scope";

export const loadTenants = cache(async () => listTenants(await requireScope()));

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
