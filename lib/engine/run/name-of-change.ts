import "server-only";
import type { SqlTransaction } from "@/lib/db/sql-transaction";
import { formatChangeNumber } from "@/lib/change-number";

/** The display name of a change, "CHG-1042", for events that hold only its id. */
export async function nameOfChange(tx: SqlTransaction, changeId: string): Promise<string> {
  const [change] = await tx.$queryRaw<{ number: number }[]>`
    SELECT number FROM change WHERE id = ${changeId}::uuid`;
  return change ? formatChangeNumber(change.number) : changeId;
}
