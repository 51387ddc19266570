import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { toChange, toOperation, toRun } from "@/test/change";
import { ChangesTable } from "@/components/changes/changes-table";
import type { OperationState } from "@/lib/changes/model/states";

function showCancelled(...states: OperationState[]): string {
  const change = toChange("cancelled", [toRun(states.map((state) => toOperation({ state })))]);
  const row = {
    ...change,
    requestedAt: new Date(change.requestedAt),
    expiresAt: new Date(change.expiresAt),
    scheduledAt: null,
    pausedAt: null,
  };
  return renderToStaticMarkup(<ChangesTable rows={[row]} />);
}

test("a change that was cancelled half-way shows its progress, and a discarded plan shows that it was not applied", () => {
  expect(showCancelled("confirmed", "cancelled")).toContain("1 confirmed");
  expect(showCancelled("confirmed", "cancelled")).not.toContain("not applied");
  expect(showCancelled("planned")).toContain("not applied");
});
