import "server-only";
import { z } from "zod";
import { formatChangeNumber } from "@/lib/changes/model/title";
import { listIssues } from "@/lib/issues/data";
import { pagesOf, type ReadList, uuid } from "@/lib/web/csv-list";
import { toCell } from "@/lib/web/csv-response";

const noticesSchema = z.object({
  tenant: uuid.optional(),
  state: z.enum(["open", "resolved"]).default("open"),
});

/** What waits for a person, or did, the newest first. */
export const readNoticesList: ReadList = async (scope, query) => {
  const { tenant: tenantId, state } = noticesSchema.parse(query);
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
};
