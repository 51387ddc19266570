import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { closeIssues, openIssue } from "@/lib/issues/open-issue";
import type { FleetLimits, FleetReason } from "@/lib/fleet/schema";
import type { Fleet } from "@/lib/fleet/types";
import { readFleet } from "@/lib/fleet/read-fleet";

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
    await closeIssues(tx, scope, { tenantId: null, code: "fleet-stopped" });
  });
}

/** Sets the daily limits over all tenants together; `holdPercent` is of the active people of all tenants. */
export async function setFleetLimits(scope: Scope, input: FleetLimits): Promise<void> {
  authorize(scope, "fleet.manage");
  await transaction(scope, async (tx) => {
    const { holdMin, holdShare } = await lockFleet(tx);
    const after = { holdMin: input.holdMin, holdShare: input.holdPercent / 100 };
    await tx.fleet.updateMany({ data: after });
    await appendEvent(tx, scope, {
      action: "fleet.limits_changed",
      target: "All tenants",
      result: "ok",
      reason: input.reason,
      before: { holdMin, holdShare },
      after,
    });
  });
}

async function lockFleet(tx: Transaction): Promise<Fleet> {
  await tx.$queryRaw`SELECT id FROM fleet FOR NO KEY UPDATE`;
  return readFleet(tx);
}
