import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { OPEN_CHANGE } from "@/lib/db/state-lists";
import { type Transaction, transaction } from "@/lib/db/transaction";
import { daysKept, readingMinutesMax } from "@/lib/imports/import-life";
import { deleteRows } from "@/lib/imports/import-rows";
import { findOpenChange, recordImportEvent } from "@/lib/imports/locked-import";
import type { ColumnMapping, ImportState } from "@/lib/imports/types";

/** Files of one sweep. Deleting 200,000 rows takes about a second; the next sweep takes the next ones. */
const ENDED_MAX = 20;

const ENDING_MS = 120_000;

type End = Extract<ImportState, "finished" | "expired" | "failed">;

/**
 * Ends the files that nothing needs any more, and deletes their rows: those whose change was applied and has ended
 * (finished), those that nobody used for a week (expired), and uploads whose process died (failed). Their counts and
 * events stay. A file with an open change is kept: applying makes the plan again from its rows. A worker's sweep calls
 * it.
 * @returns the number of files that it ended
 */
export async function endImports(scope: Scope): Promise<number> {
  requireSystem(scope);
  return transaction(
    scope,
    async (tx) => {
      let ended = 0;
      for (const { id, end } of await lockOver(tx)) {
        // Somebody may have planned from it before it was locked.
        if ((await findOpenChange(tx, id)) !== null) continue;
        await endImport(tx, scope, id, end);
        ended += 1;
      }
      return ended;
    },
    { timeoutMs: ENDING_MS },
  );
}

function lockOver(tx: Transaction): Promise<{ id: string; end: End }[]> {
  return tx.$queryRaw`
    SELECT i.id, CASE WHEN i.state = 'reading' THEN 'failed' WHEN used."isApplied" THEN 'finished' ELSE 'expired' END AS "end"
      FROM roster_import i
      LEFT JOIN LATERAL (
        SELECT bool_or(c.applied_at IS NOT NULL) AS "isApplied", bool_or(c.state IN ${OPEN_CHANGE}) AS "isOpen",
               max(c.finished_at) AS "finishedAt"
          FROM change c WHERE c.import_id = i.id) used ON true
     WHERE (i.state = 'reading' AND i.created_at < now() - make_interval(mins => ${readingMinutesMax}::int))
        OR (i.state IN ('read', 'checked') AND used."isOpen" IS NOT TRUE
            AND (used."isApplied"
                 OR greatest(i.created_at, used."finishedAt") < now() - make_interval(days => ${daysKept}::int)))
     ORDER BY i.created_at LIMIT ${ENDED_MAX} FOR UPDATE OF i SKIP LOCKED`;
}

const leftBehind =
  "The upload stopped before the file was complete. Nothing was kept. Upload the file again.";

async function endImport(tx: Transaction, scope: Scope, importId: string, end: End): Promise<void> {
  const found = await tx.rosterImport.findUniqueOrThrow({ where: { id: importId } });
  await deleteRows(tx, importId);
  await tx.rosterImport.updateMany({
    where: { id: importId },
    data: { state: end, endedAt: new Date(), ...(end === "failed" ? { problem: leftBehind } : {}) },
  });
  const { state, rows, good, bad } = found;
  await recordImportEvent(
    tx,
    scope,
    { ...found, state: state as ImportState, mapping: found.mapping as ColumnMapping },
    { action: "import.ended", result: end, detailsOf: () => ({ rows, good, bad }) },
  );
}
