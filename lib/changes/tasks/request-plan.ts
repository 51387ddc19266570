import "server-only";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { type Intent, tenantIdsOf } from "@/lib/changes/model/intent";
import { recordChangeEvent } from "@/lib/changes/model/locked-change";
import { type Named, titleOf } from "@/lib/changes/model/title";
import { countPeople } from "@/lib/changes/plan/is-large";
import {
  inheritAuthors,
  namesOfSource,
  type NewPlan,
  type PlannedChange,
  toOrigin,
} from "@/lib/changes/plan/plan-in-transaction";
import { createChange } from "@/lib/changes/plan/store-plan";
import { addTask } from "@/lib/changes/tasks/add-task";

/**
 * Stores a change without lines in the caller's transaction, and has a worker make its plan.
 * @throws AppError not-found when a file or a change of the intent is outside the scope.
 */
export async function requestPlan(tx: Transaction, scope: Scope, input: NewPlan): Promise<PlannedChange> {
  const { intent, reason, ticket } = input;
  const tenantIds = tenantIdsOf(intent);
  const title = titleOf(intent, await namesOf(tx, intent));
  const requested = { intent, title, reason, ticket, tenantIds, planHash: "", ...toOrigin(input) };
  const { id, number } = await createChange(tx, {
    ...requested,
    state: "planning",
    requestedById: operatorIdOf(scope),
  });
  await inheritAuthors(tx, { of: input.parentId, heir: id });
  const change = { ...requested, id, number };
  await recordChangeEvent(tx, scope, change, { action: "change.plan_requested", tenantIds });
  const people = await countPeople(tx, intent);
  await addTask(tx, scope, { changeId: id, tenantIds, kind: "plan", people });
  return { changeId: id, number, planHash: "", lines: { planned: 0, held: 0, skipped: 0 } };
}

async function namesOf(tx: Transaction, intent: Intent): Promise<Named[]> {
  if (!("accounts" in intent)) return namesOfSource(tx, intent);
  return intent.accounts.map(({ tenantId, userName }) => ({ tenantId, name: userName }));
}
