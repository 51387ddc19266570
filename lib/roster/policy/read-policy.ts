import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { groupingSchema, mappingSchema, type RosterPolicy, scopingSchema } from "@/lib/roster/policy/policy";

/** Reads the tenant's policy; the default where none was saved. */
export async function readPolicy(tx: Transaction, tenantId: string): Promise<RosterPolicy> {
  return (await readPolicyVersion(tx, tenantId)).policy;
}

/** The policy with the version that a form must have seen to save over it: 0 where none was saved. */
export async function readPolicyVersion(
  tx: Transaction,
  tenantId: string,
): Promise<{ policy: RosterPolicy; version: number }> {
  const row = await tx.rosterPolicy.findFirst({ where: { tenantId } });
  const policy = {
    mapping: mappingSchema.parse(row?.mapping ?? {}),
    scoping: scopingSchema.parse(row?.scoping ?? {}),
    grouping: groupingSchema.parse(row?.grouping ?? {}),
  };
  return { policy, version: row?.version ?? 0 };
}
