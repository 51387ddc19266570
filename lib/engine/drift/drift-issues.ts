import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { kindOf } from "@/lib/engine/drift/drift-field";
import { type DriftStep, isSecondWriter, type OurWrite } from "@/lib/engine/drift/classify-drift";
import { resolveIssues, openIssue } from "@/lib/issues/open-issue";

export type DriftingTenant = { tenantId: string; name: string; mode: string };

/** Records opened drift with one event, and with one issue until no drift is open. */
export async function recordDrift(
  tx: Transaction,
  scope: Scope,
  { tenantId, name, mode }: DriftingTenant,
  { opened, writes }: { opened: readonly (DriftStep & { label: string })[]; writes: readonly OurWrite[] },
): Promise<void> {
  // In a mixed tenant another writer is known and allowed.
  const code = mode === "source" && isSecondWriter(opened, writes) ? "second-writer" : "drift-found";
  const people = [...new Set(opened.map(({ label }) => label))];
  const fields = [...new Set(opened.map(({ field }) => kindOf(field)))].sort();
  await appendEvent(tx, scope, {
    action: "drift.found",
    tenantId,
    target: name,
    result: code,
    details: { values: opened.length, people: people.length, fields },
  });
  const more = people.length > 3 ? ` and ${people.length - 3} more` : "";
  const detail = `${opened.length} ${opened.length === 1 ? "value" : "values"} changed: ${people.slice(0, 3).join(", ")}${more}.`;
  await openIssue(tx, scope, { tenantId, code, detail });
}

/** Resolves the issue when no drift is open: each was decided, put back, or reverted in the tenant. */
export async function closeIfDecided(tx: Transaction, scope: Scope, tenantId: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ isOpen: boolean }[]>`
    SELECT EXISTS (SELECT FROM drift WHERE tenant_id = ${tenantId}::uuid AND state = 'open') AS "isOpen"`;
  if (row?.isOpen) return;
  await resolveIssues(tx, scope, { tenantId, code: "second-writer" });
  await resolveIssues(tx, scope, { tenantId, code: "drift-found" });
}
