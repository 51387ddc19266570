import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { appendEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { finishChange } from "@/lib/engine/run/finish-change";
import { nameOfChange } from "@/lib/engine/run/name-of-change";

/**
 * Ends the runs of a disconnected tenant. Unsent operations are cancelled. An operation that may have been sent keeps
 * its state, because nobody can read it back; its run counts as failed, not as done.
 */
export async function closeRuns(scope: Scope, tenantId: string): Promise<void> {
  requireSystem(scope);
  await transaction(scope, async (tx) => {
    const runs = await tx.$queryRaw<{ id: string; changeId: string; tenantId: string }[]>`
      UPDATE run SET state = 'cancelled', reason = 'tenant-disconnected', finished_at = now(), lease_until = NULL, epoch = epoch + 1
       WHERE tenant_id = ${tenantId}::uuid AND state IN ('planned', 'queued', 'paused', 'running')
         AND EXISTS (SELECT FROM tenant t WHERE t.id = ${tenantId}::uuid AND t.state = 'disconnected')
      RETURNING id, change_id AS "changeId", tenant_id AS "tenantId"`;
    for (const run of runs) {
      await tx.$executeRaw`
        UPDATE operation SET state = CASE WHEN state IN ('sent', 'unknown') THEN 'failed' ELSE 'cancelled' END, reason = 'tenant-disconnected'
         WHERE run_id = ${run.id}::uuid AND state IN ('planned', 'held', 'queued', 'sent', 'unknown')`;
      await appendEvent(tx, scope, {
        action: "run.stopped",
        tenantId,
        changeId: run.changeId,
        target: await nameOfChange(tx, run.changeId),
        result: "tenant-disconnected",
        details: { run: run.id },
      });
      await finishChange(tx, scope, run);
    }
  });
}
