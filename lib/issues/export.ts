import "server-only";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { formatChangeNumber } from "@/lib/change-number";
import { listIssues } from "@/lib/issues/data";
import { pagesOf, type CsvList, type CsvQuery, uuid } from "@/lib/csv/csv-list";
import { toCell } from "@/lib/csv/to-cell";

const issuesSchema = z.strictObject({
  tenant: uuid.optional(),
  state: z.enum(["open", "resolved"]).default("open"),
});

/** Exports open and resolved issues, newest first. */
export async function readIssuesList(scope: Scope, query: CsvQuery): Promise<CsvList> {
  authorize(scope, "list.export");
  const { tenant: tenantId, state } = issuesSchema.parse(query);
  return {
    name: `issues-${state}`,
    tenantId,
    header: [
      "Tenant",
      "Code",
      "About",
      "Detail",
      "State",
      "Times",
      "First at (UTC)",
      "Last at (UTC)",
      "Resolved at (UTC)",
      "Resolved by",
      "Change",
    ],
    pages: pagesOf(
      (after: string | undefined) => listIssues(scope, { state, tenantId, after }),
      (row) => [
        toCell(row.tenant?.name),
        row.code,
        row.subject,
        row.detail,
        row.state,
        toCell(row.times),
        toCell(row.firstAt),
        toCell(row.lastAt),
        toCell(row.resolvedAt),
        toCell(row.resolvedBy),
        row.change ? formatChangeNumber(row.change.number) : "",
      ],
    ),
  };
}
