import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { formatChangeNumber } from "@/lib/change-number";
import { resolveIssues, openIssue } from "@/lib/issues/open-issue";

type Missed = { id: string; number: number; tenantIds: readonly string[] };

/**
 * Opens one issue for a scheduled change that was not applied. It belongs to the first of its tenants: an issue of
 * the fleet would show every technician tenants that are not theirs.
 */
export async function openScheduleMissed(
  tx: Transaction,
  scope: Scope,
  change: Missed,
  detail: string,
): Promise<void> {
  const [tenantId = null] = change.tenantIds;
  const subject = formatChangeNumber(change.number);
  await openIssue(tx, scope, { tenantId, code: "schedule-missed", subject, detail, changeId: change.id });
}

/** Resolves the issue: an operator works on the change again. */
export async function resolveScheduleMissed(tx: Transaction, scope: Scope, change: Missed): Promise<void> {
  const [tenantId = null] = change.tenantIds;
  await resolveIssues(tx, scope, {
    tenantId,
    code: "schedule-missed",
    subject: formatChangeNumber(change.number),
  });
}
