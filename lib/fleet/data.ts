import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { readFleet } from "@/lib/fleet/read-fleet";
import type { Fleet, FleetDay } from "@/lib/fleet/types";

/** Reads the fleet's state, for every signed-in operator: a stop concerns all of them. */
export async function getFleet(scope: Scope): Promise<Fleet> {
  authorize(scope, "tenant.read");
  return transaction(scope, readFleet);
}

/**
 * Reads the sums over the whole fleet, also for operators who see only a part of it: their plans are checked against
 * them.
 */
export async function getFleetDay(scope: Scope): Promise<FleetDay> {
  authorize(scope, "tenant.read");
  return transaction(scope, async (tx) => {
    const [day] = await tx.$queryRaw<FleetDay[]>`
      SELECT coalesce(active, 0)::int AS active, coalesce(archives, 0)::int AS archives,
             coalesce(restores, 0)::int AS restores, coalesce(removals, 0)::int AS removals FROM fleet_day()`;
    return day ?? { active: 0, archives: 0, restores: 0, removals: 0 };
  });
}
