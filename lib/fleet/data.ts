import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { transaction, type Transaction } from "@/lib/db/transaction";
import type { FleetDay, Fleet } from "@/lib/fleet/types";
import type { Scope } from "@/lib/auth/scope";

export async function readFleet(tx: Transaction): Promise<Fleet> {
  const [fleet] = await tx.$queryRaw<Fleet[]>`
    SELECT f.stopped_at AS "stoppedAt", o.name AS "stoppedBy", f.stop_reason AS "stopReason",
           f.hold_min AS "holdMin", f.hold_share AS "holdShare"
      FROM fleet f LEFT JOIN operator o ON o.id = f.stopped_by`;
  if (!fleet) throw new Error("The fleet's row is missing: the migrations were not run whole.");
  return fleet;
}

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
