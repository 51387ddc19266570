import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantState } from "@/lib/tenants/types";

/**
 * Locks the tenant's row until the transaction ends, so that two operators' changes run one after the other. NO KEY,
 * because a worker that hangs with a row that refers to the tenant would otherwise block a pause.
 * @throws AppError not-found, also for a disconnected tenant, which cannot change.
 */
export async function lockTenant(tx: Transaction, tenantId: string) {
  await tx.$queryRaw`SELECT id FROM tenant WHERE id = ${tenantId}::uuid FOR NO KEY UPDATE`;
  const tenant = await tx.tenant.findFirst({ where: { id: tenantId } });
  if (!tenant) throw notFound("tenant");
  const state = tenant.state as TenantState;
  if (!tenantCan.edit({ state })) throw notFound("tenant");
  return { ...tenant, state };
}
