import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { Fleet } from "@/lib/fleet/types";

/** Reads the fleet's row in the caller's transaction. */
export async function readFleet(tx: Transaction): Promise<Fleet> {
  const [fleet] = await tx.$queryRaw<Fleet[]>`
    SELECT f.stopped_at AS "stoppedAt", o.name AS "stoppedBy", f.stop_reason AS "stopReason",
           f.hold_min AS "holdMin", f.hold_share AS "holdShare"
      FROM fleet f LEFT JOIN operator o ON o.id = f.stopped_by`;
  if (!fleet) throw new Error("The fleet row is missing: not all migrations ran.");
  return fleet;
}
