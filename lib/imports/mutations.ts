import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { type Transaction, transaction } from "@/lib/db/transaction";
import { AppError, notFound, refuse } from "@/lib/errors";
import { importCan } from "@/lib/imports/import-can";
import type { Sheet } from "@/lib/imports/judge-row";
import { indexTenants, type NamedTenant } from "@/lib/imports/match-tenant";
import { countRows, deleteRows, insertRows, judgeRows } from "@/lib/imports/import-rows";
import {
  type LockedImport,
  lockImport,
  findOpenChange,
  recordImportEvent,
} from "@/lib/imports/locked-import";
import { readCsv } from "@/lib/csv/read-csv";
import { wholeUpload } from "@/lib/csv/whole-upload";
import { proposeMapping, rememberMapping } from "@/lib/imports/remember-mapping";
import { refuseMapping } from "@/lib/imports/refuse-mapping";
import type { CheckImport, ImportId, UploadImport } from "@/lib/imports/schema";
import type { ColumnMapping, ColumnTarget } from "@/lib/imports/types";
import type { CsvRow } from "@/lib/csv/csv-row";

/** Judging 200,000 rows takes about twenty seconds; the limit leaves room for a busy database. */
const checkTimeoutMs = 300_000;

/** Rows whose cells the guessed mapping is based on. */
const sampleRows = 20;

/**
 * Stores a file's rows while it arrives, one transaction a block, so that an upload neither holds a connection nor
 * fills the memory. Nothing is judged or planned yet. A file that is refused or cut off leaves a failed import
 * without rows.
 * @returns the import's id
 */
export async function readImport(
  scope: Scope,
  input: UploadImport,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ importId: string }> {
  authorize(scope, "import.create", input.tenantId === null ? [] : [input.tenantId]);
  const importId = await beginImport(scope, input);
  try {
    const csv = await readCsv(wholeUpload(bytes), input);
    const samples: CsvRow[] = [];
    let rows = 0;
    for await (const block of csv.blocks) {
      await transaction(scope, (tx) => insertRows(tx, importId, block));
      samples.push(...block.slice(0, sampleRows - samples.length));
      rows += block.length;
    }
    if (rows === 0) {
      throw new AppError(
        "invalid",
        "The file has a header and no rows. Nothing was kept. Choose another file.",
      );
    }
    const { columns, delimiter } = csv;
    await transaction(scope, (tx) =>
      endReading(tx, scope, importId, { columns, delimiter, encoding: csv.encoding(), rows, samples }),
    );
  } catch (error) {
    await failImport(scope, importId, error);
    throw error;
  }
  return { importId };
}

/** Judges every row under the given mapping, and remembers the mapping for files with these headers. */
export async function checkImport(scope: Scope, input: CheckImport): Promise<{ good: number; bad: number }> {
  authorize(scope, "import.create");
  return transaction(
    scope,
    async (tx) => {
      const found = await lockImport(tx, scope, input.importId);
      refuse(importCan.check.whyNot({ ...found, openChange: await findOpenChange(tx, found.id) }));
      const mapping = toMapping(found, input.targets);
      await judgeRows(tx, found.id, await toSheet(tx, found, mapping));
      const counts = await countRows(tx, found.id);
      const good = counts.reduce((sum, each) => sum + each.good, 0);
      const bad = counts.reduce((sum, each) => sum + each.bad, 0);
      const named = counts.flatMap(({ tenantId }) => (tenantId === null ? [] : [tenantId]));
      const tenantIds = mapping.hasTenantColumn && named.length > 0 ? named : found.tenantIds;
      const { mode } = input;
      const data = { state: "checked", mode, mapping, tenantIds, good, bad };
      await tx.rosterImport.updateMany({ where: { id: found.id }, data });
      await rememberMapping(tx, scope, { ...found, ...mapping }, mapping.targets);
      await recordImportEvent(
        tx,
        scope,
        { ...found, tenantIds },
        {
          action: "import.checked",
          detailsOf: (tenantId) => ({
            mode,
            ...(counts.find((each) => each.tenantId === tenantId) ?? { good: 0, bad: 0 }),
            fileGood: good,
            fileBad: bad,
          }),
        },
      );
      return { good, bad };
    },
    { timeoutMs: checkTimeoutMs },
  );
}

/** Discards an import that no open change needs; its rows are deleted, its record stays. */
export async function discardImport(scope: Scope, input: ImportId): Promise<void> {
  authorize(scope, "import.create");
  await transaction(scope, async (tx) => {
    const found = await lockImport(tx, scope, input.importId);
    if (importCan.discard.isDone(found)) return;
    refuse(importCan.discard.whyNot({ ...found, openChange: await findOpenChange(tx, found.id) }));
    await deleteRows(tx, found.id);
    await tx.rosterImport.updateMany({ where: { id: found.id }, data: { state: "discarded" } });
    await recordImportEvent(tx, scope, found, {
      action: "import.discarded",
      detailsOf: () => ({ rows: found.rows }),
    });
  });
}

async function beginImport(scope: Scope, { fileName, mode, tenantId }: UploadImport): Promise<string> {
  const { actor } = scope;
  if (actor.kind !== "operator") throw new Error("Only an operator can import a file.");
  return transaction(scope, async (tx) => {
    const tenants = await tx.tenant.findMany({
      where: tenantId === null ? {} : { id: tenantId, state: { not: "disconnected" } },
      select: { id: true },
    });
    if (tenantId !== null && tenants.length === 0) throw notFound("tenant");
    if (tenants.length === 0) {
      throw new AppError("conflict", "No tenant is connected yet. Nothing was read. Connect one first.");
    }
    const tenantIds = tenants.map(({ id }) => id);
    const mapping = {
      targets: [],
      from: "guessed",
      hasTenantColumn: tenantId === null,
      isKnowBe4Export: false,
    };
    const [row] = await tx.rosterImport.createManyAndReturn({
      data: [{ fileName, mode, mapping, tenantIds, requestedById: actor.id }],
      select: { id: true },
    });
    if (!row) throw new Error("The import was not stored.");
    return row.id;
  });
}

type Reading = { columns: string[]; delimiter: string; encoding: string; rows: number; samples: CsvRow[] };

async function endReading(tx: Transaction, scope: Scope, importId: string, reading: Reading): Promise<void> {
  const found = await lockImport(tx, scope, importId);
  const { samples, ...facts } = reading;
  const { columns } = reading;
  const { hasTenantColumn } = found.mapping;
  const { tenantIds } = found;
  const mapping = await proposeMapping(tx, scope, { columns, samples, hasTenantColumn, tenantIds });
  // A listing of existing accounts must not mark anybody absent.
  const mode = mapping.isKnowBe4Export ? "merge" : found.mode;
  await tx.rosterImport.updateMany({
    where: { id: importId },
    data: { ...facts, mapping, mode, state: "read" },
  });
  await recordImportEvent(tx, scope, found, {
    action: "import.read",
    detailsOf: () => ({ rows: reading.rows, columns: reading.columns.length }),
  });
}

async function failImport(scope: Scope, importId: string, error: unknown): Promise<void> {
  const problem =
    error instanceof AppError
      ? error.message
      : "Rollcall had an error while it read the file. Nothing was kept. Upload the file again.";
  await transaction(scope, async (tx) => {
    const found = await lockImport(tx, scope, importId);
    await deleteRows(tx, importId);
    if (found.state !== "reading") return;
    await tx.rosterImport.updateMany({ where: { id: importId }, data: { state: "failed", problem } });
    await recordImportEvent(tx, scope, found, {
      action: "import.read",
      result: "failed",
      detailsOf: () => ({ problem }),
    });
  });
}

function toMapping({ columns, mapping }: LockedImport, targets: readonly ColumnTarget[]): ColumnMapping {
  const problem =
    targets.length === columns.length
      ? refuseMapping(targets, mapping.hasTenantColumn)
      : "The file's columns differ from those on this page. Nothing was changed. Reload the page.";
  if (problem) throw new AppError("invalid", problem);
  return { ...mapping, targets: [...targets], from: "chosen" };
}

async function toSheet(tx: Transaction, found: LockedImport, { targets, hasTenantColumn }: ColumnMapping) {
  const rows = await tx.tenant.findMany({ select: { id: true, name: true, domains: true, state: true } });
  const tenants: NamedTenant[] = rows.map(({ state, ...row }) => ({
    ...row,
    isDisconnected: state === "disconnected",
  }));
  const { columns } = found;
  if (hasTenantColumn)
    return { columns, targets, tenant: null, tenants: indexTenants(tenants) } satisfies Sheet;
  const tenant = tenants.find(({ id }) => found.tenantIds.includes(id));
  if (!tenant || tenant.isDisconnected) throw notFound("tenant");
  return { columns, targets, tenant, tenants: new Map() } satisfies Sheet;
}
