import { recordExport } from "@/lib/audit/mutations";
import { repairColumn } from "@/lib/csv/column-names";
import type { CsvPages } from "@/lib/csv/csv-list";
import { getImport, listBadRows } from "@/lib/imports/data";
import { csvResponse } from "@/lib/web/csv-response";
import { defineRoute } from "@/lib/web/define-route";
import { parseId } from "@/lib/web/parse-id";

/** The unused rows as uploaded, with what to repair in each. The file can be corrected and uploaded again. */
export const GET = defineRoute<{ importId: string }>(async (scope, _request, params) => {
  const found = await getImport(scope, { importId: parseId(params.importId, "import") });
  await recordExport(scope, {
    list: "rows to repair",
    filters: { importId: found.id, file: found.fileName },
  });
  return csvResponse(
    `${found.fileName.replace(/\.\w{1,4}$/, "")} rows to repair`,
    [...found.columns, repairColumn],
    badRows(found.id, found.columns.length),
  );

  async function* badRows(importId: string, columns: number): CsvPages {
    for (let after = 0; ; ) {
      const rows = await listBadRows(scope, { importId, after });
      const last = rows.at(-1);
      if (!last) return;
      after = last.seq;
      yield rows.map(({ cells, problems }) => [
        ...Array.from({ length: Math.max(columns, cells.length) }, (_, index) => cells[index] ?? ""),
        problems
          .map(({ column, message }) => (column === null ? message : `${column}: ${message}`))
          .join(" | "),
      ]);
    }
  }
});
