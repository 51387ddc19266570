import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { AppError, notFound } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import type { RequestRead } from "@/lib/directory/schema";
import { tenantWorkJob } from "@/lib/tenants/jobs";

/** Asks for a whole read. A read that waits or runs already is the answer to a second asking. */
export async function requestRead(scope: Scope, input: RequestRead): Promise<void> {
  authorize(scope, "directory.refresh", [input.tenantId]);
  const { tenantId } = input;
  await transaction(scope, async (tx) => {
    const tenant = await tx.tenant.findFirst({
      where: { id: tenantId },
      select: { state: true, name: true },
    });
    if (!tenant || tenant.state === "disconnected") throw notFound("tenant");
    if (tenant.state === "paused" && scope.actor.kind === "operator") {
      throw new AppError(
        "conflict",
        "This tenant is paused, so nothing is sent to it. No read was started. Resume it first.",
      );
    }
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
