import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import type { ResolveIssue } from "@/lib/issues/schema";

/**
 * Puts an issue aside: somebody has seen to it. Its reason is not touched, so that the same one comes up again, as a
 * new issue, when it happens again. One that speaks of the fleet is an owner's.
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
