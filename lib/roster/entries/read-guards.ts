import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { GuardKind } from "@/lib/roster/model/guard-kinds";

export type GuardedPerson = { tenantId: string; userNameKey: string; kind: GuardKind };

/** Reads the guards of the given tenants, as far as the transaction reaches. */
export function readGuards(tx: Transaction, tenantIds: readonly string[]): Promise<GuardedPerson[]> {
  return tx.$queryRaw<GuardedPerson[]>`
    SELECT tenant_id AS "tenantId", user_name_key AS "userNameKey", kind
      FROM person_guard WHERE tenant_id = ANY (${[...tenantIds]}::uuid[]) ORDER BY 1, 2, 3`;
}

/** userNameKeys of the people of a tenant whose Provisioning Managed is false. */
export async function readExcluded(tx: Transaction, tenantId: string): Promise<ReadonlySet<string>> {
  const guards = await readGuards(tx, [tenantId]);
  return new Set(guards.filter(({ kind }) => kind === "excluded").map(({ userNameKey }) => userNameKey));
}
