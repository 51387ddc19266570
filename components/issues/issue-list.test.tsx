import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { IssueList } from "@/components/issues/issue-list";
import type { IssueRow } from "@/lib/issues/types";

const now = new Date("2026-11-21T10:00:00Z");
const issue: IssueRow = {
  id: "n1",
  code: "token-rejected",
  subject: "connection",
  detail: "Nothing is sent. Rollcall probes it at longer intervals.",
  state: "open",
  times: 3,
  firstAt: new Date("2026-11-20T10:00:00Z"),
  lastAt: now,
  resolvedAt: null,
  resolvedBy: null,
  tenant: { id: "t1", name: "Contoso Legal", state: "quarantined", nextAt: new Date("2026-11-21T10:15:00Z") },
  change: null,
};

function show(given: IssueRow, role: "owner" | "technician" | "auditor" = "technician"): string {
  return renderToStaticMarkup(<IssueList issues={[given]} role={role} now={now} />);
}

test("an issue shows what, where, why, how often, the next automatic step, and a link to the action that resolves it", () => {
  const html = show(issue);
  for (const words of [
    "The token is rejected",
    "Contoso Legal",
    "Rollcall probes it at longer intervals.",
    "3 times",
    "Next probe",
  ]) {
    expect(html).toContain(words);
  }
  expect(html).toContain(": The token is rejected, Contoso Legal");
  expect(html).toContain('href="/tenants/t1?tab=connection#replace-token"');
  expect(show({ ...issue, code: "second-writer" })).toContain('href="/tenants/t1?tab=drift"');
  expect(show({ ...issue, change: { id: "c1", number: 1042 } })).toContain("Open CHG-1042");
});

test("only operators who may resolve an issue are offered it: never an auditor, and for a fleet issue only an owner", () => {
  expect(show(issue)).toContain("Resolve");
  expect(show(issue, "auditor")).not.toContain("Resolve");
  expect(show({ ...issue, tenant: null })).not.toContain("Resolve");
  expect(show({ ...issue, tenant: null }, "owner")).toContain("Resolve");
});

test("a resolved issue says who resolved it and offers nothing", () => {
  const resolved: IssueRow = { ...issue, state: "resolved", resolvedAt: now, resolvedBy: "Ana" };
  expect(show(resolved)).toContain("Resolved by Ana");
  expect(show({ ...resolved, resolvedBy: null })).toContain("Resolved automatically");
  expect(show(resolved)).not.toContain("Replace token");
});
