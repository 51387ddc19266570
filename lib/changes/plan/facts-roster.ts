import "server-only";
import { TAKEN } from "@/lib/db/state-lists";
import type { Transaction } from "@/lib/db/transaction";
import { notFound, refuse } from "@/lib/errors";
import type { Intent, ReconcileIntent } from "@/lib/changes/model/intent";
import type { RosterFacts } from "@/lib/changes/model/plan-types";
import { importCan } from "@/lib/imports/import-can";
import type { ImportState } from "@/lib/imports/types";
import { readDesired } from "@/lib/roster/entries/read-desired";
import type { DesiredRoster, ListingFacts } from "@/lib/roster/model/types";

/** Reads whom the roster wants in one tenant, with the facts that a plan from it needs. */
export async function readRoster(
  tx: Transaction,
  tenantId: string,
  intent: ReconcileIntent,
  changeId: string | null,
): Promise<RosterFacts> {
  const importId = intent.kind === "import" ? intent.importId : null;
  const keys = intent.kind === "reconcile" ? (intent.keys ?? null) : null;
  const { roster: desired, listing } = await readDesired(tx, { tenantId, importId, keys });
  return {
    desired,
    listing: listing ?? (importId === null ? await readLastListing(tx, tenantId) : null),
    isWhole: keys === null && (importId === null || (listing !== null && listing.mark !== "delta")),
    linkedIds: await readLinkedIds(tx, tenantId, desired),
    heldElsewhere: await readHeldElsewhere(tx, tenantId, changeId),
  };
}

/** The list from which people are absent. If it was short, a sync holds them as the import did. */
async function readLastListing(tx: Transaction, tenantId: string): Promise<ListingFacts | null> {
  const [listing] = await tx.$queryRaw<ListingFacts[]>`
    SELECT source, mark, entries, previous FROM roster_listing
     WHERE tenant_id = ${tenantId}::uuid AND mark = 'complete' ORDER BY at DESC LIMIT 1`;
  return listing ?? null;
}

/** Accounts that our operations created or linked for people whose entries do not record it yet. */
async function readLinkedIds(
  tx: Transaction,
  tenantId: string,
  desired: DesiredRoster,
): Promise<Set<string>> {
  const keys = desired.accounts.flatMap(({ resourceId, userNameKey }) =>
    resourceId === null ? [`user:${userNameKey}`] : [],
  );
  if (keys.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT resource_id AS id FROM operation
     WHERE tenant_id = ${tenantId}::uuid AND resource_key = ANY (${keys}::text[])
       AND kind IN ('create', 'link') AND state IN ${TAKEN} AND resource_id IS NOT NULL`;
  return new Set(rows.map(({ id }) => id));
}

/** Lines that another change holds, while they may still be approved. */
async function readHeldElsewhere(
  tx: Transaction,
  tenantId: string,
  changeId: string | null,
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ line: string }[]>`
    SELECT DISTINCT o.kind || ' ' || o.resource_key AS line
      FROM operation o JOIN change c ON c.id = o.change_id
     WHERE o.tenant_id = ${tenantId}::uuid AND o.state = 'held' AND c.expires_at > now()
       AND c.id IS DISTINCT FROM ${changeId}::uuid`;
  return new Set(rows.map(({ line }) => line));
}

/**
 * @throws AppError not-found when the file is outside the scope, or names other tenants; conflict when it is not
 *   checked.
 */
export async function requireImport(
  tx: Transaction,
  { importId, tenantIds }: Extract<Intent, { kind: "import" }>,
): Promise<{ fileName: string }> {
  const file = await tx.rosterImport.findFirst({ where: { id: importId } });
  if (!file || tenantIds.some((tenantId) => !file.tenantIds.includes(tenantId))) throw notFound("import");
  refuse(importCan.plan.whyNotIn(file.state as ImportState));
  return { fileName: file.fileName };
}
