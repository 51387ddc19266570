import "server-only";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { attributes } from "@/lib/knowbe4/attributes";
import { listEntries } from "@/lib/roster/data";
import { getTenant } from "@/lib/tenants/data";
import { pagesOf, type CsvList, type CsvQuery, text, uuid } from "@/lib/csv/csv-list";
import { toNameList } from "@/lib/csv/name-list";
import { toCell } from "@/lib/csv/to-cell";

const rosterSchema = z.strictObject({
  tenant: uuid,
  q: text,
  state: z.enum(["active", "absent", "left", "overridden", "guarded"]).optional(),
});

/** Exports a tenant's roster, by address. */
export async function readRosterList(scope: Scope, query: CsvQuery): Promise<CsvList> {
  authorize(scope, "list.export");
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
      "Fields set by operators",
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
        toNameList(row.groups),
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
}
