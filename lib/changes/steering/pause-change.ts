import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { lockToSteer, recordSteeringEvent } from "@/lib/changes/steering/lock-applying-change";
import type { PauseChange, ResumeChange } from "@/lib/changes/steering/schema";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";

/**
 * Stops a change half-way. Its runs leave the queue at once; one that a worker drives claims nothing more from now
 * on and is let go at its next heartbeat, two seconds away at most. What was sent is still written down.
 * Pausing what is paused changes nothing.
 * @throws AppError conflict when the change is not being carried out.
 */
export async function pauseChange(scope: Scope, input: PauseChange): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(scope, async (tx) => {
    const change = await lockToSteer(tx, scope, input.changeId);
    if (change.state !== "applying") throw notApplying(change.state);
    if (change.pausedAt) return;
    await tx.$executeRaw`UPDATE change SET paused_at = now(), steered_by = ${operatorIdOf(scope)}::uuid, steer_reason = ${input.reason} WHERE id = ${change.id}::uuid`;
    await tx.$executeRaw`
      UPDATE run SET state = 'paused' WHERE change_id = ${change.id}::uuid AND state IN ('queued', 'running')`;
    await recordSteeringEvent(tx, scope, change, {
      action: "change.paused",
      tenantIds: change.tenantIds,
      result: "ok",
      reason: input.reason,
    });
  });
}

/**
 * Lets a paused change go on, in its old place of each tenant's queue. A run that its worker has not let go of yet is
 * simply its worker's again: handing it to another one would leave what is in flight to be settled by reading.
 */
export async function resumeChange(scope: Scope, input: ResumeChange): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(scope, async (tx) => {
    const change = await lockToSteer(tx, scope, input.changeId);
    if (!change.pausedAt || change.state !== "applying") return;
    await tx.$executeRaw`UPDATE change SET paused_at = NULL, steered_by = NULL, steer_reason = NULL WHERE id = ${change.id}::uuid`;
    const rows = await tx.$queryRaw<{ tenantId: string }[]>`
      UPDATE run SET state = CASE WHEN lease_until > now() THEN 'running' ELSE 'queued' END, next_at = now()
       WHERE change_id = ${change.id}::uuid AND state = 'paused' RETURNING tenant_id AS "tenantId"`;
    await recordSteeringEvent(tx, scope, change, {
      action: "change.resumed",
      tenantIds: change.tenantIds,
      result: "ok",
    });
    for (const { tenantId } of rows) await enqueue(tx, tenantWorkJob, { tenantId });
  });
}

function notApplying(state: string): AppError {
  return new AppError(
    "conflict",
    `Only a change that is being carried out can be paused, and this one is ${state}. Nothing was changed. Open it to see how it stands.`,
  );
}
