import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { WhereToFind } from "@/components/tenants/where-to-find";

test.each([
  ["new", "Leave Test Mode ticked"],
  [false, "Leave Test Mode unticked"],
  [true, "Leave Test Mode as it is"],
  [null, "Leave Test Mode as it is"],
] as const)("nobody whose tenant has Test Mode %s is told to change it", (testMode, advice) => {
  expect(renderToStaticMarkup(<WhereToFind testMode={testMode} />)).toContain(advice);
});
