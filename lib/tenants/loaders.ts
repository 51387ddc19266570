import "server-only";
import { cache } from "react";
import { getAbsences, getTenant, listAbsent, listTenants } from "@/lib/tenants/data";
import { getFleet, getFleetDay } from "@/lib/tenants/fleet";
import { getSchedule } from "@/lib/tenants/schedule";
import { requireScope } from "@/lib/web/current-scope";

export const loadTenants = cache(async () => listTenants(await requireScope()));

export const loadTenant = cache(async (tenantId: string) => getTenant(await requireScope(), { tenantId }));

export const loadAbsences = cache(async (tenantId: string) =>
  getAbsences(await requireScope(), { tenantId }),
);

export const loadAbsent = cache(async (tenantId: string, limit: number) =>
  listAbsent(await requireScope(), { tenantId, limit }),
);

export const loadFleet = cache(async () => getFleet(await requireScope()));

export const loadFleetDay = cache(async () => getFleetDay(await requireScope()));

export const loadSchedule = cache(async (tenantId: string) =>
  getSchedule(await requireScope(), { tenantId }),
);
