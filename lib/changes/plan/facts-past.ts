import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import type { Intent } from "@/lib/changes/model/intent";
import type { PastIntent, PastOperation } from "@/lib/changes/model/plan-types";
import type { StoredIntent, StoredMember } from "@/lib/changes/model/stored-intent";

type Row = Omit<PastOperation, "intent"> & { tenantId: string; intent: StoredIntent };

/**
 * Reads what a change did, or failed to do, by tenant and in its order.
 * @throws AppError not-found when the change is outside the scope.
 */
export async function readPast(
  tx: Transaction,
  { changeId, tenantIds }: Extract<Intent, { kind: "undo" | "retry" }>,
): Promise<Map<string, PastOperation[]>> {
  if ((await tx.change.count({ where: { id: changeId } })) === 0) throw notFound("change");
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, tenant_id AS "tenantId", state, reason, target, label, resource_id AS "resourceId", intent, diff
      FROM operation
     WHERE change_id = ${changeId}::uuid AND tenant_id = ANY (${tenantIds}::uuid[])
       AND state IN ('accepted', 'confirmed', 'failed', 'skipped')
     ORDER BY tenant_id, seq`;
  const resources = new Map(rows.map(({ id, resourceId }) => [id, resourceId]));
  const byTenant = new Map<string, PastOperation[]>();
  for (const { tenantId, intent, ...row } of rows) {
    const past = byTenant.get(tenantId) ?? [];
    past.push({ ...row, intent: toPastIntent(intent, resources) });
    byTenant.set(tenantId, past);
  }
  return byTenant;
}

/** Members that an operation of the change was to create are given by the resource it created. */
function toPastIntent(intent: StoredIntent, resources: ReadonlyMap<string, string | null>): PastIntent {
  if (!("members" in intent)) return intent;
  const members = intent.members.map((member: StoredMember) =>
    "operationId" in member
      ? { operationId: member.operationId, resourceId: resources.get(member.operationId) ?? null }
      : { operationId: null, resourceId: member.resourceId },
  );
  return { ...intent, members };
}
