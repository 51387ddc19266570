import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { resolveIssuesOfTenant, replaceIssue } from "@/lib/issues/open-issue";

/** Failed reads in a row before an issue is opened. One or two are normal, and the next one comes anyway. */
const FAILED_READS = 3;

/**
 * Opens an issue when a tenant's directory could not be read several times in a row, one for each reason; closes it
 * when a read succeeds. Pages and plans meanwhile use the last full read, whose age would otherwise go unnoticed.
 */
export async function recordReadingIssue(scope: Scope, tenantId: string): Promise<void> {
  requireSystem(scope);
  await transaction(scope, async (tx) => {
    const reads = await tx.$queryRaw<{ state: string; reason: CatalogueCode | null }[]>`
      SELECT state, reason FROM directory_read WHERE tenant_id = ${tenantId}::uuid AND state IN ('complete', 'failed')
       ORDER BY requested_at DESC LIMIT ${FAILED_READS}`;
    const [latest] = reads;
    if (latest?.state === "complete")
      return resolveIssuesOfTenant(tx, scope, { tenantId, subject: "reading" });
    if (reads.length < FAILED_READS || reads.some(({ state }) => state === "complete")) return;
    const code = latest?.reason ?? "unexpected";
    const detail = `The last ${FAILED_READS} reads of the directory failed. Pages show the last full read.`;
    await replaceIssue(tx, scope, { tenantId, code, subject: "reading", detail });
  });
}
