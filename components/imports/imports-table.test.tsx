import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ImportsTable, toTenantWords } from "@/components/imports/imports-table";
import type { ImportSummary } from "@/lib/imports/types";

const summary: ImportSummary = {
  id: "00000000-0000-4000-8000-000000000001",
  fileName: "staff.csv",
  state: "finished",
  mode: "merge",
  rows: 46,
  good: 41,
  bad: 5,
  problem: null,
  requestedBy: "Ana",
  createdAt: new Date("2026-11-21T08:00:00Z"),
  endedAt: new Date("2026-11-21T09:00:00Z"),
  tenants: [
    { id: "a", name: "Contoso" },
    { id: "b", name: "Fabrikam" },
  ],
  tenantCount: 2,
  change: null,
};

test("a file that has ended still shows its counts and tenants, and one that was never checked none", () => {
  expect(renderToStaticMarkup(<ImportsTable rows={[summary]} />)).toContain(">41<");
  expect(toTenantWords(summary)).toBe("Contoso and Fabrikam");
  const unchecked: ImportSummary = { ...summary, state: "expired", good: 0, bad: 0 };
  expect(renderToStaticMarkup(<ImportsTable rows={[unchecked]} />)).not.toContain(">0<");
  expect(toTenantWords(unchecked)).toBe("named by a column");
});
