import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { DisabledButton } from "@/components/ui/disabled-button";

test("a disabled button stays in the focus order and is described by its reason", () => {
  const html = renderToStaticMarkup(
    <DisabledButton why="It is paused. Resume it first.">Read it again</DisabledButton>,
  );
  const id = /aria-describedby="([^"]+)"/.exec(html)?.[1];
  expect(html).toContain('aria-disabled="true"');
  expect(html).not.toMatch(/ disabled=|tabindex/);
  expect(html).toContain(`<span id="${id}" class="sr-only">It is paused. Resume it first.</span>`);
  expect(html).toContain('title="It is paused. Resume it first."');
});
