import "server-only";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import type { HeldLines } from "@/lib/changes/approval/held-lines";
import type { Authorship } from "@/lib/changes/model/authorship";

type Approved = {
  change: { id: string; tenantIds: string[] };
  reason: string;
  covers: HeldLines;
  authorship: Authorship;
};

/**
 * Stores an approval as a row that stays. An author's own approval, whose hour has passed, is given now.
 * @returns whether an author gave it alone.
 * @throws AppError conflict when other lines are held now than when the author asked.
 */
export async function storeApproval(tx: Transaction, scope: Scope, approved: Approved): Promise<boolean> {
  const { change, reason, covers, authorship } = approved;
  if (authorship.alone === "due") {
    await giveWaiting(tx, scope, { changeId: change.id, linesHash: covers.hash });
    return true;
  }
  await tx.approval.createMany({
    data: {
      changeId: change.id,
      tenantIds: change.tenantIds,
      linesHash: covers.hash,
      lines: covers.lines,
      reason,
      operatorId: operatorIdOf(scope),
      givenAt: new Date(),
    },
  });
  return false;
}

async function giveWaiting(
  tx: Transaction,
  scope: Scope,
  { changeId, linesHash }: { changeId: string; linesHash: string },
): Promise<void> {
  const given = await tx.$executeRaw`
    UPDATE approval SET given_at = now()
     WHERE change_id = ${changeId}::uuid AND operator_id = ${operatorIdOf(scope)}::uuid AND lines_hash = ${linesHash}
       AND waits_until <= now() AND given_at IS NULL AND stopped_at IS NULL`;
  if (given === 0)
    throw new AppError(
      "conflict",
      "Other lines are held now than when you asked to approve them alone, or somebody stopped it. Nothing was sent. Ask again.",
    );
}
