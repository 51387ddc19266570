import "server-only";
import { isRole } from "@/lib/auth/roles";
import { operatorScope, type Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";

/** An earlier request, and its operator. */
export type EarlierRequest = { operatorId: string; sessionId: string; address: string; requestId: string };

/**
 * Creates the scope that the operator of an earlier request would have now, for a worker that does what was requested:
 * with today's role and grants, so that grants withdrawn since no longer count.
 * @returns null when the operator is disabled.
 */
export async function findOperatorScope(
  tx: Transaction,
  { operatorId, sessionId, address, requestId }: EarlierRequest,
): Promise<Scope | null> {
  const [reach] = await tx.$queryRaw<
    { name: string | null; role: string | null; tenants: string[] | null }[]
  >`
    SELECT name, role, tenants FROM operator_reach(${operatorId}::uuid)`;
  if (!reach) return null;
  const { name, role, tenants } = reach;
  if (name === null || role === null || !isRole(role))
    throw new Error("An operator has a role that this version does not know.");
  return operatorScope(
    { operatorId, sessionId, name, role, tenantIds: tenants ?? [] },
    { address, requestId },
  );
}
