import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { refuse } from "@/lib/errors";
import { changeCan } from "@/lib/changes/model/change-can";
import { stageOf } from "@/lib/changes/model/change-facts";
import { lockToSteer, recordSteeringEvent } from "@/lib/changes/steering/lock-applying-change";
import type { PauseChange, ResumeChange } from "@/lib/changes/steering/schema";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";

/**
 * Pauses a change. Its queued runs leave the queue at once. A run that a worker drives claims nothing more and is
 * released at its next heartbeat, within two seconds; results of sent operations are still recorded. A repeat changes
 * nothing.
 * @throws AppError conflict when the change is not being applied.
 */
export async function pauseChange(scope: Scope, input: PauseChange): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(scope, async (tx) => {
    const change = await lockToSteer(tx, scope, input.changeId, changeCan.pause);
    const at = { state: stageOf(change) };
    if (changeCan.pause.isDone(at)) return;
    refuse(changeCan.pause.whyNot(at));
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
 * Resumes a paused change, in its old place of each tenant's queue. A run that its worker has not released yet stays
 * with that worker: another one would have to settle what is in flight by reading. A repeat changes nothing.
 * @throws AppError conflict when the change was not applied yet, or has ended.
 */
export async function resumeChange(scope: Scope, input: ResumeChange): Promise<void> {
  authorize(scope, "change.apply");
  await transaction(scope, async (tx) => {
    const change = await lockToSteer(tx, scope, input.changeId, changeCan.resume);
    const at = { state: stageOf(change) };
    if (changeCan.resume.isDone(at)) return;
    refuse(changeCan.resume.whyNot(at));
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
