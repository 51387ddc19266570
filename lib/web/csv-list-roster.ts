import "server-only";
import { z } from "zod";
import { attributes } from "@/lib/knowbe4/attributes";
import { listImports } from "@/lib/imports/data";
import { listEntries } from "@/lib/roster/data";
import { getTenant } from "@/lib/tenants/data";
import { onePage, pagesOf, type ReadList, text, uuid } from "@/lib/web/csv-list";
import { toCell } from "@/lib/web/csv-response";

const rosterSchema = z.object({
  tenant: uuid,
  q: text,
  state: z.enum(["active", "absent", "left", "overridden", "guarded"]).optional(),
});

/** Who is on a tenant's roster, by address. */
export const readRosterList: ReadList = async (scope, query) => {
  const { tenant: tenantId, q, state } = rosterSchema.parse(query);
  const { name } = await getTenant(scope, { tenantId });
  return {
    name: "roster",
    tenantId,
    header: [
      "Tenant",
      attributes.userName.label,
      "Status",
      "Groups",
      "Source",
      "Absent since (UTC)",
      "Fields decided by operators",
      "Guards",
      "Account",
      "Last said at (UTC)",
      "Last said by",
    ],
    pages: pagesOf(
      (after: string | undefined) => listEntries(scope, { tenantId, text: q, state, after }),
      (row) => [
        name,
        row.userName,
        row.active ? "active" : "archived",
        row.groups.join("; "),
        row.source,
        toCell(row.absentAt),
        toCell(row.overrides),
        row.guards.join("; "),
        toCell(row.resourceId),
        toCell(row.updatedAt),
        row.updatedBy,
      ],
    ),
  };
};

/** Files that were brought in, newest first. */
export const readImportsList: ReadList = async (scope) => ({
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
    (before: Date | undefined) => listImports(scope, { before }),
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
});

/** A file to fill in: the header row of an import, every attribute named. */
export const readTemplateList: ReadList = async () => ({
  name: "import-template",
  header: ["Tenant", "Status", "Groups", ...Object.values(attributes).map(({ label }) => label)],
  pages: onePage([]),
});
