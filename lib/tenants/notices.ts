import "server-only";
import { appendEvent } from "@/lib/audit/append";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";

type Subject = { tenantId: string | null; code: CatalogueCode; subject?: string };

/**
 * Tells that something waits for a person. One row for each reason: what is open already is counted up and told
 * nobody anew (Entra mails once, and again only when the reason changes).
 * @param notice `subject` tells two notices of one code apart; without a tenant it speaks of the fleet.
 * @returns whether it is new.
 */
export async function openNotice(
  tx: Transaction,
  scope: Scope,
  notice: Subject & { detail: string; changeId?: string },
): Promise<boolean> {
  const { tenantId, code, subject = "", detail, changeId = null } = notice;
  const [row] = await tx.$queryRaw<{ isNew: boolean }[]>`
    INSERT INTO notice AS n (tenant_id, code, subject, detail, change_id)
    VALUES (${tenantId}::uuid, ${code}, ${subject}, ${detail}, ${changeId}::uuid)
    ON CONFLICT (tenant_id, code, subject) WHERE state = 'open'
    DO UPDATE SET times = n.times + 1, last_at = now(), detail = excluded.detail, change_id = excluded.change_id
    RETURNING (xmax = 0) AS "isNew"`;
  if (!row?.isNew) return false;
  await tell(tx, scope, "notice.opened", notice);
  return true;
}

/** Ends what is open of a reason, because the reason is gone. */
export async function closeNotices(tx: Transaction, scope: Scope, notice: Subject): Promise<void> {
  const { tenantId, code, subject = null } = notice;
  const closed = await tx.$executeRaw`
    UPDATE notice SET state = 'resolved', resolved_at = now()
     WHERE tenant_id IS NOT DISTINCT FROM ${tenantId}::uuid AND code = ${code} AND state = 'open'
       AND (${subject}::text IS NULL OR subject = ${subject})`;
  if (closed > 0) await tell(tx, scope, "notice.resolved", notice);
}

function tell(
  tx: Transaction,
  scope: Scope,
  action: "notice.opened" | "notice.resolved",
  { tenantId, code, subject }: Subject,
): Promise<void> {
  return appendEvent(tx, scope, {
    action,
    tenantId: tenantId ?? undefined,
    target: subject || code,
    result: code,
  });
}
