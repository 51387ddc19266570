import { expect, test } from "vitest";
import { toChange, toOperation, toRun } from "@/test/change";
import { canRetry, canUndo, tenantsToRetry, tenantsToUndo } from "@/components/changes/steering/undo-facts";
import { toFixes } from "@/components/changes/progress/failure-fixes";

const failed = toOperation({ id: "f", state: "failed", reason: "invalid-value" });
const done = toOperation({ id: "d", state: "confirmed" });
const at = "2026-11-21T10:50:00.000Z";

function linked(kind: "retry" | "undo", state: "ready" | "done") {
  return { id: kind, number: 1050, kind, title: "Again", state };
}

test("what failed is retried where it failed, and what was done is undone where it was done", () => {
  const runs = [toRun([failed], { tenantId: "t1" }), toRun([done], { tenantId: "t2" })];
  const change = toChange("failed", runs, { appliedAt: at });
  expect([canRetry(change), tenantsToRetry(change)]).toEqual([true, ["t1"]]);
  expect([canUndo(change), tenantsToUndo(change)]).toEqual([true, ["t2"]]);
});

test("what was accepted, not confirmed yet is not offered to be undone: its opposite would be planned against the past", () => {
  const unseen = toRun([toOperation({ state: "accepted" })], { tenantId: "t1" });
  expect(canUndo(toChange("done", [unseen], { appliedAt: at }))).toBe(false);
  const change = toChange("done", [unseen, toRun([done], { tenantId: "t2" })], { appliedAt: at });
  expect([canUndo(change), tenantsToUndo(change)]).toEqual([true, ["t2"]]);
});

test("a change that still goes on, or was never applied, offers neither", () => {
  const runs = [toRun([failed, done])];
  for (const change of [toChange("applying", runs, { appliedAt: at }), toChange("cancelled", runs)]) {
    expect([canRetry(change), canUndo(change)]).toEqual([false, false]);
  }
});

test("a retry that is planned already is no reason for a second one; one that has ended is none against it", () => {
  const runs = [toRun([failed])];
  expect(canRetry(toChange("failed", runs, { appliedAt: at, children: [linked("retry", "ready")] }))).toBe(
    false,
  );
  expect(canRetry(toChange("failed", runs, { appliedAt: at, children: [linked("retry", "done")] }))).toBe(
    true,
  );
});

test.each([
  ["token-rejected", "onboard", "/tenants/t1?tab=connection"],
  ["seats-exceeded", "onboard", "/tenants/t1?tab=rails"],
  ["invalid-value", "import", "/tenants/t1?tab=roster&part=mapping"],
  ["invalid-value", "update", "/people?q=ana.ruiz%40contoso.example&tenant=t1"],
  ["invalid-value", "onboard", "/changes/new/onboard"],
  ["email-in-other-account", "onboard", "/people?q=ana.ruiz%40contoso.example"],
] as const)("%s of an %s is repaired at %s first", (reason, kind, href) => {
  expect(toFixes(toOperation({ state: "failed", reason }), kind)[0]?.href).toBe(href);
});
