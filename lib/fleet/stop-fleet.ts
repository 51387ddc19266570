import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { lockFleet } from "@/lib/fleet/lock-fleet";
import type { FleetReason } from "@/lib/fleet/schema";
import { resolveIssues, openIssue } from "@/lib/issues/open-issue";

/**
 * The stop button: nothing is sent to any tenant until an owner resumes. Requests in flight still end. A repeat
 * changes nothing, so that the first reason is kept.
 */
export async function stopFleet(scope: Scope, input: FleetReason): Promise<void> {
  authorize(scope, "fleet.stop");
  await transaction(scope, async (tx) => {
    const { actor } = scope;
    const stopped = await tx.$executeRaw`
      UPDATE fleet SET stopped_at = now(), stopped_by = ${actor.kind === "operator" ? actor.id : null}::uuid,
             stop_reason = ${input.reason} WHERE stopped_at IS NULL`;
    if (stopped === 0) return;
    await appendEvent(tx, scope, {
      action: "fleet.stopped",
      target: "All tenants",
      result: "ok",
      reason: input.reason,
    });
    await openIssue(tx, scope, {
      tenantId: null,
      code: "fleet-stopped",
      detail: `${actor.name}: ${input.reason}`,
    });
  });
}

/** Resumes the fleet. Nothing is enqueued: the worker's sweep finds what waits. */
export async function resumeFleet(scope: Scope, input: FleetReason): Promise<void> {
  authorize(scope, "fleet.manage");
  await transaction(scope, async (tx) => {
    const { stoppedAt, stoppedBy, stopReason } = await lockFleet(tx);
    if (!stoppedAt) return;
    await tx.$executeRaw`UPDATE fleet SET stopped_at = NULL, stopped_by = NULL, stop_reason = NULL`;
    await appendEvent(tx, scope, {
      action: "fleet.resumed",
      target: "All tenants",
      result: "ok",
      reason: input.reason,
      before: { stoppedAt, stoppedBy, stopReason },
    });
    await resolveIssues(tx, scope, { tenantId: null, code: "fleet-stopped" });
  });
}
