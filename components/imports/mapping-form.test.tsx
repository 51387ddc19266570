import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { MappingForm } from "@/components/imports/mapping-form";
import type { ColumnTarget } from "@/lib/imports/types";

function render(
  columns: string[],
  targets: ColumnTarget[],
  suggestions: (ColumnTarget | null)[] = [],
): string {
  return renderToStaticMarkup(
    <MappingForm
      id="00000000-0000-4000-8000-000000000001"
      columns={columns}
      samples={columns.map(() => [])}
      mapping={{ targets, from: "guessed", hasTenantColumn: false, isKnowBe4Export: false }}
      suggestions={suggestions}
      mode="merge"
      rows={1}
    />,
  );
}

test("a column of passwords says that it was not stored, and offers no meaning", () => {
  const html = render(["Email", "Temporary password"], ["userName", "ignore"]);
  expect(html).toContain("Not stored: it looks like a column of passwords");
  expect(html).toContain("What “Email” means");
  expect(html).not.toContain("What “Temporary password” means");
});

test("an ignored column near a known one offers what it may mean, and is not used by itself", () => {
  const html = render(["Email", "Dept"], ["userName", "ignore"], [null, "department"]);
  expect(html).toContain("Perhaps Department?");
  expect(html).toContain("Use Department");
  expect(html).toContain('<option value="ignore" selected="">');
});
