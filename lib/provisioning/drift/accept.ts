import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import type { OperatorDecision } from "@/lib/roster/decide";
import { recordDecisions } from "@/lib/roster/record-entries";
import { renameEntry } from "@/lib/roster/rename-entry";
import type { PutBack } from "@/lib/provisioning/drift/put-back-intents";

/** Takes the tenant's values into the roster, as the decisions of operators, so that no reconcile takes them back. */
export async function acceptDrift(
  tx: Transaction,
  scope: Scope,
  { tenantId, rows }: { tenantId: string; rows: readonly PutBack[] },
): Promise<void> {
  for (const { field, resourceId, before, after } of rows) {
    if (field === "userName" && before && after) {
      await renameEntry(tx, { tenantId, resourceId, from: before, to: after, by: scope.actor.name });
    }
  }
  const people = [...Map.groupBy(rows, ({ resourceId }) => resourceId).values()].map(toDecision);
  await recordDecisions(tx, scope, { tenantId, changeId: null, people });
}

function toDecision(rows: readonly PutBack[]): OperatorDecision {
  const [first] = rows;
  const active = rows.map(toActive).find((value) => value !== undefined);
  const fields = Object.fromEntries(
    rows.flatMap(({ field, after }) => (isActivity(field) || field === "userName" ? [] : [[field, after]])),
  );
  return {
    userName: first?.userName ?? "",
    resourceId: first?.resourceId ?? null,
    fields,
    ...(active === undefined ? {} : { active }),
  };
}

function toActive({ field, after }: PutBack): boolean | undefined {
  if (field === "active") return after === "true";
  return isActivity(field) ? field === "appeared" : undefined;
}

function isActivity(field: string): boolean {
  return field === "active" || field === "appeared" || field === "vanished";
}
