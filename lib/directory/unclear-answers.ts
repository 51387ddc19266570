import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import type { WholeRead } from "@/lib/directory/read-directory";
import { resolveIssues, openIssue } from "@/lib/issues/open-issue";

/**
 * Opens an issue when a full read left open who is active, or who is in a group that had members; closes it when a read
 * says so again. Nobody changes state meanwhile, and no archive, restore or removal is confirmed by silence.
 */
export async function recordUnclearAnswers(scope: Scope, tenantId: string, whole: WholeRead): Promise<void> {
  requireSystem(scope);
  const code = "answers-unclear";
  const people = whole.persons.filter(({ active }) => active === null).length;
  const silent = whole.groups.flatMap(({ resourceId, membersLeftOut }) =>
    membersLeftOut ? [resourceId] : [],
  );
  await transaction(scope, async (tx) => {
    const groups = await tx.directoryGroup.count({
      where: { tenantId, resourceId: { in: silent }, members: { gt: 0 } },
    });
    if (people === 0 && groups === 0) return resolveIssues(tx, scope, { tenantId, code });
    const detail = [
      ...(people > 0
        ? [`Of ${people} ${people === 1 ? "person" : "people"} it does not say whether they are active.`]
        : []),
      ...(groups > 0
        ? [`Of ${groups} ${groups === 1 ? "group" : "groups"} it does not name the members.`]
        : []),
    ].join(" ");
    await openIssue(tx, scope, { tenantId, code, detail });
  });
}
