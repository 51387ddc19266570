import "server-only";
import { listDecidedDrift, listDriftingTenants, listOpenDrift } from "@/lib/engine/drift/data";
import { requireScope } from "@/lib/web/current-scope";

export async function loadOpenDrift(tenantId: string) {
  return listOpenDrift(await requireScope(), { tenantId });
}

export async function loadDecidedDrift(tenantId: string) {
  return listDecidedDrift(await requireScope(), { tenantId, limit: 50 });
}

export async function loadDriftingTenants() {
  return listDriftingTenants(await requireScope());
}
