import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ChangeSide } from "@/components/changes/change-side";
import { toChange, toOperation, toRun } from "@/test/change";

test.each([
  [false, "Approved byPriya Nair, 21 Nov 2026, 17:11 UTC: Checked with HR"],
  [true, "Approved byPriya Nair, alone, as an author of it, 21 Nov 2026, 17:11 UTC: Checked with HR"],
])(
  "a change names who approved its held lines, when and why, and who did so alone (%s)",
  (isAlone, words) => {
    const approved = {
      id: "7",
      action: "change.held_approved" as const,
      at: "2026-11-21T17:11:00.000Z",
      by: "Priya Nair",
      reason: "Checked with HR",
      details: { isAlone },
    };
    const runs = [toRun([toOperation({ state: "confirmed" })])];
    const html = renderToStaticMarkup(
      <ChangeSide change={toChange("done", runs, { decisions: [approved] })} />,
    );
    expect(html.replace(/<[^>]+>/g, "")).toContain(words);
  },
);

test("a rejected plan ends once, with who rejected it and why", () => {
  const html = renderToStaticMarkup(
    <ChangeSide
      change={toChange("cancelled", [toRun([toOperation({ state: "cancelled" })])], {
        finishedAt: "2026-11-21T17:11:00.000Z",
        steered: { by: "Priya Nair", reason: "They still work there" },
        decisions: [
          {
            id: "8",
            action: "change.held_rejected",
            at: "2026-11-21T17:11:00.000Z",
            by: "Priya Nair",
            reason: "They still work there",
            details: null,
          },
        ],
      })}
    />,
  );
  const text = html.replace(/<[^>]+>/g, "");
  expect(text).toContain("Rejected by Priya Nair");
  expect(text).not.toContain("Discarded");
});
