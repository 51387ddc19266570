import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { findSubject, judgeRow, type RowSubject, type Sheet } from "@/lib/imports/judge-row";
import { blockRowsMax } from "@/lib/csv/limits";
import { readStanding } from "@/lib/directory/read-standing";
import { type BareId, findBareIds, markBareIds } from "@/lib/imports/judge-ids";
import { findManager, markUnknownManagers, type NamedManager } from "@/lib/imports/judge-managers";
import { repairs } from "@/lib/imports/repairs";
import type { JudgedRow } from "@/lib/imports/types";
import type { CsvRow } from "@/lib/csv/csv-row";

/**
 * Stores a block of rows as read.
 * @throws AppError conflict when the import was discarded meanwhile.
 */
export async function insertRows(tx: Transaction, importId: string, rows: readonly CsvRow[]): Promise<void> {
  const inserted = await tx.$executeRaw`
    INSERT INTO import_row (import_id, seq, cells)
    SELECT i.id, (r.row ->> 'seq')::int, ARRAY(SELECT jsonb_array_elements_text(r.row -> 'cells'))
      FROM roster_import i, jsonb_array_elements(${JSON.stringify(rows)}::jsonb) AS r (row)
     WHERE i.id = ${importId}::uuid AND i.state = 'reading'`;
  if (inserted === rows.length) return;
  throw new AppError(
    "conflict",
    "The import was discarded while its file was read. Nothing was kept. Upload the file again if you need it.",
  );
}

export async function deleteRows(tx: Transaction, importId: string): Promise<void> {
  await tx.importRow.deleteMany({ where: { importId } });
}

/** Judges every row, a block at a time, then rows that share an address within a tenant, managers, and numbers. */
export async function judgeRows(tx: Transaction, importId: string, sheet: Sheet): Promise<void> {
  const managers: NamedManager[] = [];
  const bareIds: BareId[] = [];
  for (let after = 0; ; ) {
    const rows = await tx.importRow.findMany({
      where: { importId, seq: { gt: after } },
      orderBy: { seq: "asc" },
      take: blockRowsMax,
      select: { seq: true, cells: true },
    });
    const last = rows.at(-1);
    if (!last) break;
    after = last.seq;
    const block = await judgeBlock(tx, rows, sheet);
    managers.push(...block.managers);
    bareIds.push(...block.bareIds);
    await writeJudged(tx, importId, block.judged);
  }
  await markDuplicates(tx, importId, sheet.columns[sheet.targets.indexOf("userName")] ?? null);
  await markUnknownManagers(tx, importId, sheet, managers);
  await markBareIds(tx, importId, bareIds);
}

async function judgeBlock(
  tx: Transaction,
  rows: readonly CsvRow[],
  sheet: Sheet,
): Promise<{ judged: JudgedRow[]; managers: NamedManager[]; bareIds: BareId[] }> {
  const subjects = rows.map((row) => findSubject(row, sheet));
  const found = await readStanding(
    tx,
    subjects.filter((subject) => subject !== null),
  );
  const standing = new Map(found.map((person) => [toPersonKey(person), person]));
  const managers: NamedManager[] = [];
  const bareIds: BareId[] = [];
  const judged = rows.map((row, index) => {
    const subject = subjects[index];
    const held = (subject && standing.get(toPersonKey(subject))) ?? null;
    const each = judgeRow(row, sheet, held);
    const manager = findManager(each, held);
    if (manager) managers.push(manager);
    if (held === null) bareIds.push(...findBareIds(each, sheet));
    return each;
  });
  return { judged, managers, bareIds };
}

function toPersonKey({ tenantId, userNameKey }: RowSubject): string {
  return `${tenantId} ${userNameKey}`;
}

async function writeJudged(tx: Transaction, importId: string, rows: readonly JudgedRow[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE import_row r
       SET tenant_id = j."tenantId", user_name_key = j."userNameKey", fields = j.fields, active = j.active,
           groups = ARRAY(SELECT jsonb_array_elements_text(j.groups)), problems = j.problems, warnings = j.warnings,
           is_good = jsonb_array_length(j.problems) = 0
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           AS j (seq int, "tenantId" uuid, "userNameKey" text, fields jsonb, active boolean, groups jsonb, problems jsonb,
                 warnings jsonb)
     WHERE r.import_id = ${importId}::uuid AND r.seq = j.seq`;
}

/** None of these rows is used: a person has to choose one. */
async function markDuplicates(tx: Transaction, importId: string, column: string | null): Promise<void> {
  const problem = { code: "duplicate-source", column, message: repairs["duplicate-source"] };
  await tx.$executeRaw`
    UPDATE import_row r SET problems = r.problems || ${JSON.stringify([problem])}::jsonb, is_good = false
      FROM (SELECT tenant_id, user_name_key FROM import_row
             WHERE import_id = ${importId}::uuid AND tenant_id IS NOT NULL AND user_name_key IS NOT NULL
             GROUP BY tenant_id, user_name_key HAVING count(*) > 1) AS twice
     WHERE r.import_id = ${importId}::uuid AND r.tenant_id = twice.tenant_id AND r.user_name_key = twice.user_name_key`;
}

/** Counts used and unused rows by tenant; null is for rows without a tenant. */
export function countRows(
  tx: Transaction,
  importId: string,
): Promise<{ tenantId: string | null; good: number; bad: number }[]> {
  return tx.$queryRaw`
    SELECT tenant_id AS "tenantId", count(*) FILTER (WHERE is_good)::int AS good,
           count(*) FILTER (WHERE NOT is_good)::int AS bad
      FROM import_row WHERE import_id = ${importId}::uuid GROUP BY tenant_id ORDER BY tenant_id`;
}
