import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import type { ResolveIssue } from "@/lib/issues/schema";

/**
 * Resolves an issue by hand. Its cause is not touched, so the same cause opens a new issue when it happens again.
 * Only an owner may resolve an issue of the fleet.
 */
export async function resolveIssue(scope: Scope, input: ResolveIssue): Promise<void> {
  authorize(scope, "issue.resolve");
  await transaction(scope, async (tx) => {
    const issue = await tx.issue.findFirst({
      where: { id: input.issueId },
      select: { tenantId: true, code: true, subject: true, state: true },
    });
    if (!issue) throw notFound("issue");
    if (issue.tenantId === null) authorize(scope, "fleet.manage");
    else authorize(scope, "issue.resolve", [issue.tenantId]);
    const resolvedById = scope.actor.kind === "operator" ? scope.actor.id : null;
    const { count } = await tx.issue.updateMany({
      where: { id: input.issueId, state: "open" },
      data: { state: "resolved", resolvedAt: new Date(), resolvedById },
    });
    if (count === 0) return;
    await appendEvent(tx, scope, {
      action: "issue.resolved",
      tenantId: issue.tenantId ?? undefined,
      target: issue.subject || issue.code,
      result: issue.code,
    });
  });
}
