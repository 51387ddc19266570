import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { MappingForm } from "@/components/imports/mapping-form";

test("a column of passwords says that it was not stored, and offers no meaning", () => {
  const html = renderToStaticMarkup(
    <MappingForm
      id="00000000-0000-4000-8000-000000000001"
      columns={["Email", "Temporary password"]}
      samples={[["a@b.ch"], []]}
      mapping={{
        targets: ["userName", "ignore"],
        from: "guessed",
        hasTenantColumn: false,
        isKnowBe4Export: false,
      }}
      mode="merge"
      rows={1}
    />,
  );
  expect(html).toContain("Not stored: it looks like a column of passwords");
  expect(html).toContain("What “Email” means");
  expect(html).not.toContain("What “Temporary password” means");
});
