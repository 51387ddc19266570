import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import type { SqlTransaction } from "@/lib/db/sql-transaction";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";

type Subject = { tenantId: string | null; code: CatalogueCode; subject?: string };

/**
 * Opens an issue: one row for each reason. A repeat increments the open issue and sends no event (Entra mails once,
 * and again only when the reason changes).
 * @param issue `subject` separates two issues of one code; an issue without a tenant is about the fleet.
 * @returns whether it is new.
 */
export async function openIssue(
  tx: SqlTransaction,
  scope: Scope,
  issue: Subject & { detail: string; changeId?: string },
): Promise<boolean> {
  const { tenantId, code, subject = "", detail, changeId = null } = issue;
  const [row] = await tx.$queryRaw<{ isNew: boolean }[]>`
    INSERT INTO issue AS n (tenant_id, code, subject, detail, change_id)
    VALUES (${tenantId}::uuid, ${code}, ${subject}, ${detail}, ${changeId}::uuid)
    ON CONFLICT (tenant_id, code, subject) WHERE state = 'open'
    DO UPDATE SET times = n.times + 1, last_at = now(), detail = excluded.detail, change_id = excluded.change_id
    RETURNING (xmax = 0) AS "isNew"`;
  if (!row?.isNew) return false;
  await recordIssueEvent(tx, scope, "issue.opened", issue);
  return true;
}

/** Resolves the open issues of a reason, because the reason is gone. */
export async function resolveIssues(tx: SqlTransaction, scope: Scope, issue: Subject): Promise<void> {
  const { tenantId, code, subject = null } = issue;
  const closed = await tx.$executeRaw`
    UPDATE issue SET state = 'resolved', resolved_at = now()
     WHERE tenant_id IS NOT DISTINCT FROM ${tenantId}::uuid AND code = ${code} AND state = 'open'
       AND (${subject}::text IS NULL OR subject = ${subject})`;
  if (closed > 0) await recordIssueEvent(tx, scope, "issue.resolved", issue);
}

/**
 * Opens an issue about one side of a tenant (`subject`: its connection, its reading) and resolves that side's issues
 * with another reason: a side has one reason at a time.
 */
export async function replaceIssue(
  tx: SqlTransaction,
  scope: Scope,
  issue: { tenantId: string; code: CatalogueCode; subject: string; detail: string },
): Promise<void> {
  const { tenantId, subject, code } = issue;
  await resolveIssuesOfTenant(tx, scope, { tenantId, subject, except: code });
  await openIssue(tx, scope, issue);
}

/**
 * Resolves all open issues of a tenant, or of one side of it, whatever the reason: it recovered, or was disconnected.
 */
export async function resolveIssuesOfTenant(
  tx: SqlTransaction,
  scope: Scope,
  input: { tenantId: string; subject?: string; except?: CatalogueCode },
): Promise<void> {
  const { tenantId, subject = null, except = null } = input;
  const ended = await tx.$queryRaw<{ code: CatalogueCode; subject: string }[]>`
    UPDATE issue SET state = 'resolved', resolved_at = now()
     WHERE tenant_id = ${tenantId}::uuid AND state = 'open' AND (${subject}::text IS NULL OR subject = ${subject})
       AND (${except}::text IS NULL OR code <> ${except})
    RETURNING code, subject`;
  for (const issue of ended) await recordIssueEvent(tx, scope, "issue.resolved", { tenantId, ...issue });
}

function recordIssueEvent(
  tx: SqlTransaction,
  scope: Scope,
  action: "issue.opened" | "issue.resolved",
  { tenantId, code, subject }: Subject,
): Promise<void> {
  return appendEvent(tx, scope, {
    action,
    tenantId: tenantId ?? undefined,
    target: subject || code,
    result: code,
  });
}
