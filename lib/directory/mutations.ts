import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { notFound, refuse } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import type { RequestRead } from "@/lib/directory/schema";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantState } from "@/lib/tenants/types";

/** Requests a full read. A repeat joins the read that waits or runs. */
export async function requestRead(scope: Scope, input: RequestRead): Promise<void> {
  authorize(scope, "directory.refresh", [input.tenantId]);
  const { tenantId } = input;
  await transaction(scope, async (tx) => {
    const tenant = await tx.tenant.findFirst({
      where: { id: tenantId },
      select: { state: true, name: true },
    });
    if (!tenant) throw notFound("tenant");
    const at = { state: tenant.state as TenantState };
    if (!tenantCan.edit(at)) throw notFound("tenant");
    // A sync's read waits until the tenant is healthy again.
    if (scope.actor.kind === "operator") refuse(tenantCan.read.whyNot(at));
    const asked = await tx.$executeRaw`
      INSERT INTO directory_read (tenant_id, requested_by) VALUES (${tenantId}::uuid, ${scope.actor.name})
      ON CONFLICT (tenant_id) WHERE state IN ('queued', 'running') DO NOTHING`;
    if (asked === 0) return;
    await appendEvent(tx, scope, {
      action: "directory.read_requested",
      tenantId,
      target: tenant.name,
      result: "ok",
    });
    await enqueue(tx, tenantWorkJob, { tenantId });
  });
}
