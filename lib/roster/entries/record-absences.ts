import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

type RestoredEntry = { userName: string; resourceId: string | null };

/**
 * Records people as absent after a second operator approved it: only then does a shrunken listing mark absences on the
 * roster. Inner part of an approved change; the caller has authorized it.
 */
export async function recordAbsences(
  tx: Transaction,
  scope: Scope,
  input: { tenantId: string; changeId: string; people: readonly RestoredEntry[] },
): Promise<void> {
  const { tenantId, changeId, people } = input;
  const keys = people.map(({ userName }) => userNameKey(userName));
  const resourceIds = people.flatMap(({ resourceId }) => resourceId ?? []);
  const absent = await tx.$executeRaw`
    UPDATE roster_entry SET absent_at = now(), updated_at = now(), updated_by = ${scope.actor.name}
     WHERE tenant_id = ${tenantId}::uuid AND active AND absent_at IS NULL
       AND (resource_id = ANY (${resourceIds}::text[]) OR (resource_id IS NULL AND user_name_key = ANY (${keys}::text[])))`;
  if (absent === 0) return;
  await appendEvent(tx, scope, {
    action: "roster.changed",
    tenantId,
    changeId,
    target: `${absent} absent`,
    result: "ok",
    details: { absent },
  });
}
