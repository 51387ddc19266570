import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { toFolded } from "@/lib/roster/policy/condition";
import type { Grouping } from "@/lib/roster/policy/policy";
import { readPolicy } from "@/lib/roster/policy/read-policy";
import { adoptGroup, renameRosterGroup } from "@/lib/roster/entries/regroup";
import type { PutBack } from "@/lib/engine/drift/put-back-intents";

/**
 * Records in the roster that a group was added (its members keep it from then on), renamed or removed.
 * @throws AppError conflict when the policy names the group: only a change of the policy can resolve that.
 */
export async function acceptGroup(
  tx: Transaction,
  scope: Scope,
  { tenantId, row: { resourceId, before, after } }: { tenantId: string; row: PutBack },
): Promise<void> {
  const by = scope.actor.name;
  if (before !== null && isNamed((await readPolicy(tx, tenantId)).grouping, before)) {
    throw new AppError(
      "conflict",
      `The tenant's group rules name ${before}, so the next plan would create it again. Nothing was decided. Change the rules on the tenant's roster first, then accept it.`,
    );
  }
  const people =
    before === null
      ? await adoptGroup(tx, { tenantId, groupId: resourceId, name: after ?? "", by })
      : await renameRosterGroup(tx, { tenantId, from: before, to: after, by });
  await appendEvent(tx, scope, {
    action: "roster.changed",
    tenantId,
    target: after ?? before ?? "",
    result: "ok",
    details: { people, group: { was: before, is: after } },
  });
}

/** Whether the name map, the nesting or a rule names the group. */
function isNamed({ names, nesting, rules }: Grouping, name: string): boolean {
  const wanted = toFolded(name);
  return [
    ...names.flatMap(({ from, to }) => [from, to]),
    ...nesting.flatMap(({ group, within }) => [group, within]),
    ...rules.map(({ group }) => group),
  ].some((each) => toFolded(each) === wanted);
}
