import { expect, test } from "vitest";
import { toChange, toOperation, toRun } from "@/test/change";
import { tenantsToRetry, tenantsToUndo } from "@/components/changes/steering/undo-facts";
import { toFixes } from "@/components/changes/progress/failure-fixes";

const failed = toOperation({ id: "f", state: "failed", reason: "invalid-value" });
const done = toOperation({ id: "d", state: "confirmed" });
const at = "2026-11-21T10:50:00.000Z";

test("a failed operation is retried in its own tenant, and a confirmed one is undone in its own", () => {
  const runs = [
    toRun([failed], { tenantId: "t1" }),
    toRun([done], { tenantId: "t2" }),
    toRun([toOperation({ state: "accepted" })], { tenantId: "t3" }),
  ];
  const change = toChange("failed", runs, { appliedAt: at });
  expect(tenantsToRetry(change)).toEqual(["t1"]);
  expect(tenantsToUndo(change)).toEqual(["t2"]);
});

test.each([
  ["token-rejected", "onboard", "/tenants/t1?tab=connection#replace-token"],
  ["seats-exceeded", "onboard", "/tenants/t1?tab=rails"],
  ["invalid-value", "import", "/tenants/t1?tab=roster&part=mapping"],
  ["invalid-value", "update", "/people?q=ana.ruiz%40contoso.example&tenant=t1"],
  ["invalid-value", "onboard", "/changes/new/onboard"],
  ["email-in-other-account", "onboard", "/people?q=ana.ruiz%40contoso.example"],
] as const)("%s of an %s is repaired at %s first", (reason, kind, href) => {
  expect(toFixes(toOperation({ state: "failed", reason }), kind)[0]?.href).toBe(href);
});
