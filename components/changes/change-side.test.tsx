import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ChangeSide } from "@/components/changes/change-side";
import { toChange, toOperation, toRun } from "@/test/change";

test("a change names who approved its held lines, when and why", () => {
  const html = renderToStaticMarkup(
    <ChangeSide
      change={toChange("done", [toRun([toOperation({ state: "confirmed" })])], {
        decisions: [
          {
            id: "7",
            action: "change.held_approved",
            at: "2026-11-21T17:11:00.000Z",
            by: "Priya Nair",
            reason: "Checked with HR",
          },
        ],
      })}
    />,
  );
  expect(html.replace(/<[^>]+>/g, "")).toContain(
    "Approved byPriya Nair, 21 Nov 2026, 17:11 UTC: Checked with HR",
  );
});
