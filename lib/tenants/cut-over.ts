import "server-only";
import { Prisma, type Transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { type GateFacts, refuseCutOver, type Signature } from "@/lib/tenants/cut-over-gate";
import type { Absences, AbsentPerson } from "@/lib/tenants/types";

/**
 * Requires that the tenant passes the cut-over gate.
 * @returns the number of absences counted in this transaction, for the log.
 * @throws AppError with what is missing, at the field that needs it.
 */
export async function passCutOver(
  tx: Transaction,
  tenant: { id: string } & Omit<GateFacts, "absent" | "isWrittenElsewhere">,
  given: Signature,
): Promise<Absences> {
  const absences = await countAbsent(tx, tenant.id);
  const [row] = await tx.$queryRaw<{ isWrittenElsewhere: boolean }[]>`
    SELECT coalesce(is_written_elsewhere(${tenant.id}::uuid), true) AS "isWrittenElsewhere"`;
  const { isWrittenElsewhere = true } = row ?? {};
  const refusal = refuseCutOver({ ...tenant, absent: absences.absent, isWrittenElsewhere }, given);
  if (refusal) throw new AppError(refusal.code, refusal.message, { [refusal.field]: refusal.message });
  return absences;
}

/**
 * Whether no active roster entry covers the account `u`, by resource id or by address. Console admins and people
 * excluded from provisioning do not count: KnowBe4 does not archive those. The roster is a later domain, and this is
 * the one condition here that reads its rows.
 */
const IS_ABSENT = Prisma.sql`(
      NOT EXISTS (SELECT FROM roster_entry e
                   WHERE e.tenant_id = u.tenant_id AND e.active AND e.user_name_key = u.user_name_key)
  AND NOT EXISTS (SELECT FROM roster_entry e
                   WHERE e.tenant_id = u.tenant_id AND e.active AND e.resource_id = u.resource_id)
  AND NOT EXISTS (SELECT FROM person_guard g
                   WHERE g.tenant_id = u.tenant_id AND g.user_name_key = u.user_name_key AND g.kind IN ('admin', 'excluded')))`;

/** Counts the active accounts of the last full read that would be archived for absence. */
export async function countAbsent(tx: Transaction, tenantId: string): Promise<Absences> {
  const [row] = await tx.$queryRaw<Absences[]>`
    SELECT count(*)::int AS active, count(*) FILTER (WHERE ${IS_ABSENT})::int AS absent
      FROM directory_user u WHERE u.tenant_id = ${tenantId}::uuid AND u.active`;
  return row ?? { active: 0, absent: 0 };
}

/** Lists the first of them, by name. */
export function findAbsent(tx: Transaction, tenantId: string, limit: number): Promise<AbsentPerson[]> {
  return tx.$queryRaw<AbsentPerson[]>`
    SELECT u.resource_id AS "resourceId", u.user_name AS "userName", u.display_name AS "displayName"
      FROM directory_user u WHERE u.tenant_id = ${tenantId}::uuid AND u.active AND ${IS_ABSENT}
     ORDER BY lower(u.display_name), u.user_name LIMIT ${limit}`;
}
