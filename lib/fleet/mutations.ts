import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { lockFleet } from "@/lib/fleet/lock-fleet";
import type { FleetLimits } from "@/lib/fleet/schema";

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
