import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { refuse } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import { lockTenant } from "@/lib/tenants/lock-tenant";
import type { RequestSync } from "@/lib/tenants/sync-settings-schema";
import { tenantCan } from "@/lib/tenants/tenant-can";

/** Force Sync: makes the sync due now and wakes a worker. A sync that is under way is followed by another one. */
export async function requestSync(scope: Scope, input: RequestSync): Promise<void> {
  authorize(scope, "sync.manage", [input.tenantId]);
  const { tenantId } = input;
  await transaction(scope, async (tx) => {
    const tenant = await lockTenant(tx, tenantId);
    refuse(tenantCan.sync.whyNot(tenant));
    await tx.$executeRaw`UPDATE tenant SET sync_next_at = now() WHERE id = ${tenantId}::uuid`;
    await appendEvent(tx, scope, {
      action: "tenant.sync_requested",
      tenantId,
      target: tenant.name,
      result: "ok",
    });
    await enqueue(tx, tenantWorkJob, { tenantId });
  });
}
