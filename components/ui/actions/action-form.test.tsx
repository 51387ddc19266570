import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ActionForm } from "@/components/ui/actions/action-form";
import { toFieldErrors } from "@/components/ui/actions/form";

test("a message about a list stands beside the boxes that send it", () => {
  expect(toFieldErrors({ groups: "Choose one." })).toEqual({
    groups: "Choose one.",
    "groups[]": "Choose one.",
  });
});

test("a form sent before the page is alive never puts its fields into the address", () => {
  const html = renderToStaticMarkup(
    <ActionForm name="connect" action={async () => ({ ok: true as const, data: null })}>
      <input name="token" />
    </ActionForm>,
  );
  // A form with an action of JavaScript's is held back until React takes it over; one without is a GET.
  expect(html).toMatch(/<form[^>]* action="javascript:/);
});
