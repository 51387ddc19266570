import "server-only";
import { cache } from "react";
import { getTenant, listTenants } from "@/lib/tenants/data";
import { requireScope } from "@/lib/web/current-scope";

export const loadTenants = cache(async () => listTenants(await requireScope()));

export const loadTenant = cache(async (tenantId: string) => getTenant(await requireScope(), { tenantId }));
