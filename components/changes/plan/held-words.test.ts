import { expect, test } from "vitest";
import { toChange, toOperation, toRun } from "@/test/change";
import { toHeldAction, toHeldReasons } from "@/components/changes/plan/held-words";

const archive = toOperation({ kind: "archive", state: "held", reason: "source-shrunk" });
const restore = toOperation({ kind: "restore", state: "held", reason: "restores-held" });

test("held lines are named by what would be done, if they share it", () => {
  expect(toHeldAction([toRun([archive]), toRun([archive, toOperation()])])).toBe("archive 2 people");
  expect(toHeldAction([toRun([archive, restore])])).toBe("send 2 lines");
});

test("each reason is listed once, with its number and its tenants", () => {
  const other = { tenantId: "t2", tenantName: "Adventure Works" };
  const reasons = toHeldReasons(
    toChange("ready", [toRun([archive, archive, restore]), toRun([archive], other)]),
  );
  expect(reasons.map(({ code }) => code)).toEqual(["source-shrunk", "restores-held"]);
  expect(reasons[0]?.text).toMatch(
    /^3 lines in Contoso Legal and Adventure Works: A complete list had at least a fifth/,
  );
});
