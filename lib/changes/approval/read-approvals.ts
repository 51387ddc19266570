import "server-only";
import type { Transaction } from "@/lib/db/transaction";

/** One operator's approval of held lines, or an author's own one that waits. */
export type ApprovalRow = {
  id: string;
  by: string;
  reason: string;
  /** How many lines it covers. */
  lines: number;
  at: Date;
  /** Set for an author who approves alone: not before this time. */
  waitsUntil: Date | null;
  /** When the lines were let go; null while it waits or after it was stopped. */
  givenAt: Date | null;
  stopped: { by: string; at: Date } | null;
};

/** Reads the approvals of a change, oldest first. */
export async function readApprovals(tx: Transaction, changeId: string): Promise<ApprovalRow[]> {
  const rows = await tx.approval.findMany({
    where: { changeId },
    orderBy: { at: "asc" },
    select: {
      id: true,
      reason: true,
      lines: true,
      at: true,
      waitsUntil: true,
      givenAt: true,
      stoppedAt: true,
      operator: { select: { name: true } },
      stoppedBy: { select: { name: true } },
    },
  });
  return rows.map(({ operator, stoppedBy, stoppedAt, ...row }) => ({
    ...row,
    by: operator.name,
    stopped: stoppedBy && stoppedAt ? { by: stoppedBy.name, at: stoppedAt } : null,
  }));
}
