import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { readFleet } from "@/lib/fleet/read-fleet";
import type { Fleet } from "@/lib/fleet/types";

/** Locks the fleet row, so that of two operators the second sees what the first has done. */
export async function lockFleet(tx: Transaction): Promise<Fleet> {
  await tx.$queryRaw`SELECT id FROM fleet FOR NO KEY UPDATE`;
  return readFleet(tx);
}
