import "server-only";
import { appendEvent } from "@/lib/audit/append";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { closeNotices, openNotice } from "@/lib/tenants/notices";
import type { FleetLimits, FleetReason } from "@/lib/tenants/schema";
import type { Fleet, FleetDay } from "@/lib/tenants/types";

/** How the fleet stands, for whoever is signed in: that it is stopped concerns everybody. */
export async function getFleet(scope: Scope): Promise<Fleet> {
  authorize(scope, "tenant.read");
  return transaction(scope, readFleet);
}

/** The sums of the whole fleet, also for whoever may see a part of it: a plan of theirs is weighed against them. */
export async function getFleetDay(scope: Scope): Promise<FleetDay> {
  authorize(scope, "tenant.read");
  return transaction(scope, async (tx) => {
    const [day] = await tx.$queryRaw<FleetDay[]>`
      SELECT active::int, archives::int, restores::int, removals::int FROM fleet_day()`;
    return day ?? { active: 0, archives: 0, restores: 0, removals: 0 };
  });
}

/**
 * The stop button: from now on nothing is sent to any tenant, until an owner lets go. What is on its way still ends.
 * Pressed again while the fleet is stopped it changes nothing, so that the first reason stays.
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
    await openNotice(tx, scope, {
      tenantId: null,
      code: "fleet-stopped",
      detail: `${actor.name}: ${input.reason}`,
    });
  });
}

/** Lets the fleet go on. Nothing is enqueued: the worker's sweep finds what waits. */
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
    await closeNotices(tx, scope, { tenantId: null, code: "fleet-stopped" });
  });
}

/** The limits of a day over all tenants together; `holdPercent` is of the active people of all tenants. */
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

async function readFleet(tx: Transaction): Promise<Fleet> {
  const [fleet] = await tx.$queryRaw<Fleet[]>`
    SELECT f.stopped_at AS "stoppedAt", o.name AS "stoppedBy", f.stop_reason AS "stopReason",
           f.hold_min AS "holdMin", f.hold_share AS "holdShare"
      FROM fleet f LEFT JOIN operator o ON o.id = f.stopped_by`;
  if (!fleet) throw new Error("The fleet's row is missing: the migrations were not run whole.");
  return fleet;
}
