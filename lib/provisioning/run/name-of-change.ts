import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { formatChangeNumber } from "@/lib/provisioning/title";

/** What people call a change, "CHG-1042", for events that know only its id. */
export async function nameOfChange(tx: Transaction, changeId: string): Promise<string> {
  const change = await tx.change.findFirst({ where: { id: changeId }, select: { number: true } });
  return change ? formatChangeNumber(change.number) : changeId;
}
