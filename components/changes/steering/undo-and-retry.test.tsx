import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { RepairedNotice } from "@/components/changes/progress/repaired-notice";
import { ScheduleDialog } from "@/components/changes/steering/schedule-dialog";
import { UndoAndRetry } from "@/components/changes/steering/undo-and-retry";
import type { ChangeView } from "@/components/changes/model/wire";
import { toChangeFacts } from "@/lib/changes/model/change-facts";
import { toChange, toOperation, toRun } from "@/test/change";

const appliedAt = "2026-11-21T10:50:00.000Z";
const failed = toOperation({ id: "f", state: "failed", reason: "invalid-value" });
const done = toOperation({ id: "d", state: "confirmed" });
const held = toOperation({ id: "h", state: "held", reason: "held-by-threshold" });

function show(change: ChangeView): string {
  const facts = toChangeFacts(change, null);
  return renderToStaticMarkup(
    <AppRouterContext value={{} as AppRouterInstance}>
      <UndoAndRetry change={change} facts={facts} />
    </AppRouterContext>,
  );
}

function linked(kind: "retry" | "undo", state: "ready" | "done") {
  return { id: kind, number: 1050, kind, title: "Again", state };
}

test("an ended change offers to retry failed operations and to undo confirmed ones", () => {
  const html = show(toChange("failed", [toRun([failed, done])], { appliedAt }));
  expect(html).toContain("Undo…");
  expect(html).toContain("Retry 1 failed");
  expect(html).not.toContain("aria-disabled");
});

test.each(["retry", "undo"] as const)(
  "a %s that is already planned disables the button and is named",
  (kind) => {
    const runs = [toRun([failed, done])];
    const html = show(toChange("failed", runs, { appliedAt, children: [linked(kind, "ready")] }));
    expect(html.match(/aria-disabled="true"/g)).toHaveLength(1);
    expect(html).toMatch(/CHG-1050 already (retries|undoes) this change\. Continue there\./);
    expect(show(toChange("failed", runs, { appliedAt, children: [linked(kind, "done")] }))).not.toContain(
      "aria-disabled",
    );
  },
);

test("a change whose failures were repaired offers no retry and says that nothing is left to do", () => {
  const repaired = toChange("failed", [toRun([failed, done])], { appliedAt, unrepaired: 0 });
  expect(show(repaired)).not.toContain("Retry");
  expect(renderToStaticMarkup(<RepairedNotice change={repaired} />)).toContain("Nothing is left to do");
});

test("a change with accepted but unconfirmed operations cannot be undone, and the button says to wait", () => {
  const html = show(toChange("done", [toRun([toOperation({ state: "accepted" })])], { appliedAt }));
  expect(html).toContain("No operation of this change is confirmed yet. Wait until one is.");
});

test.each(["applying", "cancelled", "expired"] as const)(
  "a plan or a change that is %s offers neither",
  (state) => {
    const given = state === "applying" ? { appliedAt } : {};
    expect(show(toChange(state, [toRun([failed, done])], given))).toBe("");
  },
);

test("a plan that is held as a whole cannot be scheduled, and the button says who can approve it", () => {
  const change = toChange("ready", [toRun([held])]);
  const facts = toChangeFacts(change, null);
  const html = renderToStaticMarkup(
    <ScheduleDialog change={change} facts={facts} refetch={() => Promise.resolve()} />,
  );
  expect(html).toContain('aria-disabled="true"');
  expect(html).toContain("held for another operator");
});
