import "server-only";
import { listDecidedDrift, listOpenDrift } from "@/lib/engine/drift/data";
import { requireScope } from "@/lib/web/current-scope";

export async function loadOpenDrift(tenantId: string) {
  return listOpenDrift(await requireScope(), { tenantId });
}

export async function loadDecidedDrift(tenantId: string) {
  return listDecidedDrift(await requireScope(), { tenantId, limit: 50 });
}
