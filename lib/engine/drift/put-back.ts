import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { GROUP_FIELD } from "@/lib/engine/drift/drift-field";
import { planGoneGroups } from "@/lib/engine/drift/gone-groups";
import { canBePutBack, type PutBack, toPutBackIntents } from "@/lib/engine/drift/put-back-intents";
import { findGroupRefusal } from "@/lib/engine/drift/put-back-refusal";
import { intentSchema } from "@/lib/changes/model/intent";
import { planInTransaction } from "@/lib/changes/plan/plan-in-transaction";

/** The most changes that one decision may make: somebody has to review and apply each. */
const CHANGES_MAX = 20;

type PutBackInput = { tenantId: string; operatorId: string; reason: string; rows: readonly PutBack[] };

/**
 * Plans the old values. Nothing is sent: each plan waits to be applied, with all rails.
 * @returns the change for each row.
 * @throws AppError when a row cannot be put back, or when a plan has no operation that may be applied.
 */
export async function putBack(
  tx: Transaction,
  scope: Scope,
  { tenantId, operatorId, reason, rows }: PutBackInput,
): Promise<Map<string, string>> {
  const stuck = rows.find((row) => !canBePutBack(row));
  if (stuck) throw refused(`${stuck.userName || stuck.after} cannot be put back: ${why(stuck.field)}`);
  const refusal = await findGroupRefusal(tx, tenantId, rows);
  if (refusal) throw refused(refusal);
  const intents = [...toPutBackIntents(tenantId, rows), ...(await planGoneGroups(tx, tenantId, rows))];
  if (intents.length > CHANGES_MAX) {
    throw refused(
      `This needs ${intents.length} changes, because the old values differ from person to person; at most ${CHANGES_MAX} are possible at once. Choose fewer lines.`,
    );
  }
  const changes = new Map<string, string>();
  for (const { intent, driftIds } of intents) {
    const parsed = intentSchema.safeParse(intent);
    if (!parsed.success)
      throw refused("KnowBe4 does not accept the old value. Set a valid one with a change.");
    const plan = await planInTransaction(
      tx,
      scope,
      { intent: parsed.data, reason, ticket: null },
      operatorId,
    );
    if (plan.lines.planned + plan.lines.held === 0) {
      throw refused(
        "Nothing can be written: the tenant's mode, rails or mapping refuse it, or the old value is there again. Accept it, or change what refuses it.",
      );
    }
    // A row that takes several changes is linked to the last one.
    for (const id of driftIds) changes.set(id, plan.changeId);
  }
  return changes;
}

function why(field: string): string {
  if (field === "vanished") return "the account is gone. Onboard the person again, or accept that they left.";
  if (field === GROUP_FIELD)
    return "a change cannot rename a group, or delete one that Rollcall did not create. Correct it in KnowBe4, or accept it.";
  return "a change cannot rewrite the value that people are matched by. Correct it in KnowBe4, or accept it.";
}

/** @param message cause and next step. */
function refused(message: string): AppError {
  return new AppError("conflict", `${message} Nothing was decided.`);
}
