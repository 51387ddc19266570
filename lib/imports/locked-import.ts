import "server-only";
import { appendEvents } from "@/lib/audit/log/append";
import type { AuditAction, EventValues } from "@/lib/audit/log/events";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { OPEN_CHANGE } from "@/lib/db/state-lists";
import type { Transaction } from "@/lib/db/transaction";
import { notFound, refuse } from "@/lib/errors";
import { importCan } from "@/lib/imports/import-can";
import type { ColumnMapping, ImportState } from "@/lib/imports/types";

/** Locks the import. An operator who may not touch all of its tenants gets not-found. */
export async function lockImport(tx: Transaction, scope: Scope, importId: string) {
  await tx.$queryRaw`SELECT id FROM roster_import WHERE id = ${importId}::uuid FOR UPDATE`;
  const found = await tx.rosterImport.findFirst({ where: { id: importId } });
  if (!found) throw notFound("import");
  authorize(scope, "import.create", found.tenantIds);
  return { ...found, state: found.state as ImportState, mapping: found.mapping as ColumnMapping };
}

/**
 * Refuses a second change from the rows of one file. Locks the import, so that of two operators who plan it at once the
 * second finds the first one's change.
 * @throws AppError not-found, or conflict in the words of `importCan.plan`.
 */
export async function requirePlannable(tx: Transaction, importId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM roster_import WHERE id = ${importId}::uuid FOR UPDATE`;
  const found = await tx.rosterImport.findFirst({ where: { id: importId } });
  if (!found) throw notFound("import");
  const state = found.state as ImportState;
  refuse(importCan.plan.whyNot({ state, openChange: await findOpenChange(tx, importId) }));
}

export type LockedImport = Awaited<ReturnType<typeof lockImport>>;

/**
 * Finds the change that was planned from the import and has not ended.
 * @returns its number
 */
export async function findOpenChange(tx: Transaction, importId: string): Promise<number | null> {
  const [change] = await tx.$queryRaw<{ number: number }[]>`
    SELECT number FROM change
     WHERE import_id = ${importId}::uuid AND state IN ${OPEN_CHANGE} LIMIT 1`;
  return change?.number ?? null;
}

type ImportEvent = {
  action: AuditAction;
  result?: string;
  detailsOf: (tenantId: string | undefined) => EventValues;
};

/**
 * Records one event for each tenant, so that each tenant's log is complete; one without a tenant while none is known.
 */
export function recordImportEvent(
  tx: Transaction,
  scope: Scope,
  {
    id,
    fileName,
    tenantIds,
    mapping,
    state,
  }: Pick<LockedImport, "id" | "fileName" | "tenantIds" | "mapping" | "state">,
  { action, result = "ok", detailsOf }: ImportEvent,
): Promise<void> {
  const isOpen = mapping.hasTenantColumn && state !== "checked" && action !== "import.checked";
  const about = isOpen ? [undefined] : tenantIds;
  return appendEvents(
    tx,
    scope,
    about.map((tenantId) => ({
      action,
      tenantId,
      target: fileName,
      result,
      details: { importId: id, ...detailsOf(tenantId) },
    })),
  );
}
