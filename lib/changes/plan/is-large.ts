import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { Intent } from "@/lib/changes/model/intent";
import type { LockedChange } from "@/lib/changes/model/locked-change";

/**
 * The most lines that a plan may have and still be made in a request. Planning 100,000 blocks its process for seconds;
 * 2,000 take some tens of milliseconds (bench row web.while.planning, decision 39).
 */
export const LINES_IN_REQUEST_MAX = 2_000;

/**
 * Whether a worker plans and applies an intent. It counts the people compared, on the larger side, and stops at the
 * limit: planning costs as much when everybody already matches.
 */
export async function isLarge(tx: Transaction, intent: Intent): Promise<boolean> {
  return (await countCompared(tx, intent, LINES_IN_REQUEST_MAX + 1)) > LINES_IN_REQUEST_MAX;
}

/** Counts the people compared, all of them: for a page that says how much a worker has to do. */
export function countPeople(tx: Transaction, intent: Intent): Promise<number> {
  return countCompared(tx, intent, null);
}

/** The same for approving what is held of a change: once it is applied, only its held lines count. */
export async function isLargeApproval(
  tx: Transaction,
  { id, state, intent }: Pick<LockedChange, "id" | "state" | "intent">,
): Promise<boolean> {
  if (state === "ready") return isLarge(tx, intent);
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT coalesce(sum(n.delta), 0)::int AS count FROM operation_tally n JOIN run r ON r.id = n.run_id
     WHERE r.change_id = ${id}::uuid AND n.state = 'held'`;
  return (row?.count ?? 0) > LINES_IN_REQUEST_MAX;
}

/** @param limit the count at which it may stop; null counts all. */
async function countCompared(tx: Transaction, intent: Intent, limit: number | null): Promise<number> {
  switch (intent.kind) {
    case "import":
      return countRows(tx, intent, limit);
    case "reconcile":
      return intent.keys ? intent.keys.length : countRoster(tx, intent.tenantIds, limit);
    case "undo":
    case "retry":
      return countDone(tx, intent);
    default:
      return intent.accounts.length;
  }
}

async function countRows(
  tx: Transaction,
  { importId, tenantIds }: Extract<Intent, { kind: "import" }>,
  limit: number | null,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT greatest(
      (SELECT count(*) FROM (SELECT FROM import_row WHERE import_id = ${importId}::uuid
          AND tenant_id = ANY (${tenantIds}::uuid[]) AND is_good LIMIT ${limit}::int) named),
      (SELECT count(*) FROM (SELECT FROM directory_user WHERE tenant_id = ANY (${tenantIds}::uuid[])
          AND EXISTS (SELECT FROM roster_import WHERE id = ${importId}::uuid AND mode = 'full') LIMIT ${limit}::int) there)
    )::int AS count`;
  return row?.count ?? 0;
}

async function countRoster(
  tx: Transaction,
  tenantIds: readonly string[],
  limit: number | null,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT greatest(
      (SELECT count(*) FROM (SELECT FROM roster_entry WHERE tenant_id = ANY (${tenantIds}::uuid[]) LIMIT ${limit}::int) wanted),
      (SELECT count(*) FROM (SELECT FROM directory_user WHERE tenant_id = ANY (${tenantIds}::uuid[]) LIMIT ${limit}::int) there)
    )::int AS count`;
  return row?.count ?? 0;
}

async function countDone(
  tx: Transaction,
  { changeId, tenantIds }: Extract<Intent, { changeId: string }>,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT coalesce(sum(n.delta), 0)::int AS count FROM operation_tally n JOIN run r ON r.id = n.run_id
     WHERE r.change_id = ${changeId}::uuid AND r.tenant_id = ANY (${tenantIds}::uuid[])
       AND n.state IN ('accepted', 'confirmed', 'failed', 'skipped')`;
  return row?.count ?? 0;
}
