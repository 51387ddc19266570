import "server-only";
import { findAnchorsEnd, writeAnchors } from "@/lib/audit/log/anchors";
import { appendEvent } from "@/lib/audit/log/append";
import type { SealKey } from "@/lib/audit/log/log-reading";
import { findLogEnd, readLog, WHOLE_LOG } from "@/lib/audit/log/read-log";
import { verifyLog } from "@/lib/audit/log/verify-log";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";

/**
 * Writes the anchors of a log anew, after their file was lost. They say what the database says now, so the event that
 * records it is what tells an auditor from when on they prove something.
 * @returns how many
 * @throws AppError "conflict" where the file is there, or the log is not whole without it
 */
export async function beginAnchorsAnew(
  scope: Scope,
  { key, file }: { key: SealKey; file: string },
  now: Date,
): Promise<number> {
  requireSystem(scope);
  if (await findAnchorsEnd(file))
    throw new AppError(
      "conflict",
      `${file} is there, so nothing was written. Keep it, and move it away first.`,
    );
  const { verdict } = await verifyLog(scope, { key, anchors: none(), anchorsDue: "none" });
  if (!verdict.ok)
    throw new AppError("conflict", `The log is broken, so nothing was written. ${verdict.broken.message}`);
  const end = await findLogEnd(scope);
  await transaction(scope, (tx) =>
    appendEvent(tx, scope, {
      action: "audit.anchors_begun",
      target: "audit log",
      details: { seals: Number(end.sealNumber) },
    }),
  );
  const due = { newest: 0, isEach: false };
  return writeAnchors(file, readLog(scope, { start: WHOLE_LOG, end, anchors: none(), due }).seals, now);
}

async function* none() {}
