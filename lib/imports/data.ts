import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { Prisma, type Transaction, transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import { groupProblems, type ProblemTally } from "@/lib/imports/group-problems";
import { readPageMark, toPageMark } from "@/lib/imports/page-mark";
import { suggestColumns } from "@/lib/imports/suggest-columns";
import type { ImportDetail, ImportSummary, ProblemGroup, RowProblem } from "@/lib/imports/types";

const IMPORTS_PAGE = 50;
const BAD_ROWS_PAGE = 1_000;

/** Rows whose cells show what a column holds. */
const SAMPLE_ROWS = 20;
const SAMPLES_MAX = 3;
const GROUPS_MAX = 200;

const SUMMARY_COLUMNS = Prisma.sql`
  i.id, i.file_name AS "fileName", i.state, i.mode, i.rows, i.good, i.bad, i.problem, p.name AS "requestedBy",
  i.created_at AS "createdAt", i.ended_at AS "endedAt", cardinality(i.tenant_ids) AS "tenantCount",
  coalesce((SELECT jsonb_agg(t) FROM (SELECT t.id, t.name FROM tenant t WHERE t.id = ANY (i.tenant_ids)
                                       ORDER BY lower(t.name) LIMIT 3) t), '[]') AS tenants`;

/** Lists files whose tenants are all in the scope, newest first. `before`: the `next` of the page before. */
export async function listImports(
  scope: Scope,
  filter: { before?: string | undefined },
): Promise<{ rows: ImportSummary[]; next: string | null }> {
  authorize(scope, "roster.read");
  const last = readPageMark(filter.before);
  const older = last
    ? Prisma.sql`WHERE i.created_at < ${last.createdAt} OR (i.created_at = ${last.createdAt} AND i.id > ${last.id}::uuid)`
    : Prisma.empty;
  return transaction(scope, async (tx) => {
    const rows = await tx.$queryRaw<Omit<ImportSummary, "change">[]>`
      SELECT ${SUMMARY_COLUMNS} FROM roster_import i JOIN operator p ON p.id = i.requested_by ${older}
       ORDER BY i.created_at DESC, i.id LIMIT ${IMPORTS_PAGE + 1}`;
    const page = rows.slice(0, IMPORTS_PAGE);
    const end = rows.length > IMPORTS_PAGE ? page.at(-1) : undefined;
    const changes = await findChanges(
      tx,
      page.map(({ id }) => id),
    );
    return {
      rows: page.map((row) => ({ ...row, change: changes.get(row.id) ?? null })),
      next: end ? toPageMark(end) : null,
    };
  });
}

/** @throws AppError not-found, also for a file with a tenant outside the scope. */
export async function getImport(scope: Scope, input: { importId: string }): Promise<ImportDetail> {
  authorize(scope, "roster.read");
  return transaction(scope, async (tx) => {
    const [found] = await tx.$queryRaw<
      Omit<ImportDetail, "change" | "suggestions" | "samples" | "byTenant">[]
    >`
      SELECT ${SUMMARY_COLUMNS}, i.delimiter, i.encoding, i.columns, i.mapping
        FROM roster_import i JOIN operator p ON p.id = i.requested_by WHERE i.id = ${input.importId}::uuid`;
    if (!found) throw notFound("import");
    return {
      ...found,
      change: (await findChanges(tx, [found.id])).get(found.id) ?? null,
      suggestions: toSuggestions(found),
      samples: await readSamples(tx, found),
      byTenant: found.state === "checked" ? await countByTenant(tx, input) : [],
    };
  });
}

function toSuggestions({ columns, mapping }: Pick<ImportDetail, "columns" | "mapping">) {
  return mapping.from === "guessed" ? suggestColumns({ columns, ...mapping }) : [];
}

/** Finds the newest change of each import. */
async function findChanges(
  tx: Transaction,
  importIds: readonly string[],
): Promise<Map<string, NonNullable<ImportSummary["change"]>>> {
  const rows = await tx.$queryRaw<{ importId: string; id: string; number: number; state: string }[]>`
    SELECT DISTINCT ON (import_id) import_id AS "importId", id, number, state
      FROM change WHERE import_id = ANY (${importIds}::uuid[]) ORDER BY import_id, number DESC`;
  return new Map(rows.map(({ importId, ...change }) => [importId, change]));
}

async function readSamples(
  tx: Transaction,
  { id, columns }: { id: string; columns: readonly string[] },
): Promise<string[][]> {
  const rows = await tx.importRow.findMany({
    where: { importId: id },
    orderBy: { seq: "asc" },
    take: SAMPLE_ROWS,
    select: { cells: true },
  });
  return columns.map((_column, index) =>
    [...new Set(rows.map(({ cells }) => cells[index]?.trim() ?? ""))]
      .filter((cell) => cell !== "")
      .slice(0, SAMPLES_MAX),
  );
}

function countByTenant(
  tx: Transaction,
  { importId }: { importId: string },
): Promise<ImportDetail["byTenant"]> {
  return tx.$queryRaw`
    SELECT r.tenant_id AS "tenantId", t.name, count(*) FILTER (WHERE r.is_good)::int AS good,
           count(*) FILTER (WHERE NOT r.is_good)::int AS bad
      FROM import_row r LEFT JOIN tenant t ON t.id = r.tenant_id WHERE r.import_id = ${importId}::uuid
     GROUP BY r.tenant_id, t.name ORDER BY lower(t.name) NULLS LAST`;
}

/** Lists the problems of a checked file's rows, grouped by repair. Empty when the file is outside the scope. */
export async function listProblems(scope: Scope, input: { importId: string }): Promise<ProblemGroup[]> {
  authorize(scope, "roster.read");
  return listGrouped(scope, input, { isGood: false });
}

/** Lists what to look at in rows that are used, in the same form. */
export async function listWarnings(scope: Scope, input: { importId: string }): Promise<ProblemGroup[]> {
  authorize(scope, "roster.read");
  return listGrouped(scope, input, { isGood: true });
}

async function listGrouped(
  scope: Scope,
  input: { importId: string },
  { isGood }: { isGood: boolean },
): Promise<ProblemGroup[]> {
  const list = isGood ? Prisma.sql`r.warnings` : Prisma.sql`r.problems`;
  const tallies = await transaction(
    scope,
    (tx) => tx.$queryRaw<ProblemTally[]>`
    WITH listed AS (
      SELECT r.seq, coalesce(p.problem ->> 'code', '') AS code, p.problem ->> 'column' AS column,
             coalesce(p.problem ->> 'message', '') AS message
        FROM import_row r CROSS JOIN LATERAL jsonb_array_elements(${list}) AS p (problem)
       WHERE r.import_id = ${input.importId}::uuid AND r.is_good = ${isGood}),
    tally AS (
      SELECT code, "column", message, count(DISTINCT seq)::int AS rows, (array_agg(seq ORDER BY seq))[1:5] AS seqs
        FROM listed GROUP BY 1, 2, 3 ORDER BY 4 DESC LIMIT ${GROUPS_MAX})
    SELECT t.code, t."column", t.message, t.rows,
           coalesce((SELECT jsonb_agg(jsonb_build_object('seq', r.seq, 'cell',
                     coalesce(left(r.cells[array_position(i.columns, t."column")], 200), '')) ORDER BY r.seq)
              FROM import_row r JOIN roster_import i ON i.id = r.import_id
             WHERE r.import_id = ${input.importId}::uuid AND r.seq = ANY (t.seqs)), '[]') AS examples
      FROM tally t`,
  );
  return groupProblems(tallies);
}

export type BadRow = { seq: number; cells: string[]; problems: RowProblem[] };

/** Lists unused rows in the file's order. `after`: the last row of the page before. */
export async function listBadRows(
  scope: Scope,
  input: { importId: string; after?: number },
): Promise<BadRow[]> {
  authorize(scope, "roster.read");
  const rows = await transaction(scope, (tx) =>
    tx.importRow.findMany({
      where: { importId: input.importId, isGood: false, seq: { gt: input.after ?? 0 } },
      orderBy: { seq: "asc" },
      take: BAD_ROWS_PAGE,
      select: { seq: true, cells: true, problems: true },
    }),
  );
  return rows.map((row) => ({ ...row, problems: row.problems as RowProblem[] }));
}
