import "server-only";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { type CsvList, type CsvQuery, onePage, pagesOf } from "@/lib/csv/csv-list";
import { toCell } from "@/lib/csv/to-cell";
import { listImports } from "@/lib/imports/data";
import { attributes } from "@/lib/knowbe4/attributes";

const noFilters = z.strictObject({});

/** Exports the list of imported files, newest first. */
export async function readImportsList(scope: Scope, query: CsvQuery): Promise<CsvList> {
  authorize(scope, "list.export");
  noFilters.parse(query);
  return {
    name: "imports",
    header: [
      "File",
      "State",
      "Mode",
      "Tenants",
      "Rows",
      "Good",
      "Bad",
      "Problem",
      "Uploaded by",
      "Uploaded at (UTC)",
    ],
    pages: pagesOf(
      (before: string | undefined) => listImports(scope, { before }),
      (row) => [
        row.fileName,
        row.state,
        row.mode,
        toCell(row.tenantCount),
        toCell(row.rows),
        toCell(row.good),
        toCell(row.bad),
        toCell(row.problem),
        row.requestedBy,
        toCell(row.createdAt),
      ],
    ),
  };
}

/** A template to fill in: the header row of an import with every attribute. */
export async function readTemplateList(_scope: Scope, query: CsvQuery): Promise<CsvList> {
  noFilters.parse(query);
  return {
    name: "import-template",
    header: ["Tenant", "Status", "Groups", ...Object.values(attributes).map(({ label }) => label)],
    pages: onePage([]),
  };
}
