import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { IssueList } from "@/components/issues/issue-list";
import type { IssueRow } from "@/lib/issues/types";

const now = new Date("2026-11-21T10:00:00Z");
const issue: IssueRow = {
  id: "n1",
  code: "token-rejected",
  subject: "connection",
  detail: "Nothing is sent. It is probed by itself.",
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

test("an issue says what, where, why, how often, what comes next by itself, and leads to the action that ends it", () => {
  const html = show(issue);
  for (const words of [
    "The token is rejected",
    "Contoso Legal",
    "It is probed by itself.",
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

test("only whoever may resolve is offered it: an auditor never, and what speaks of the fleet is an owner's", () => {
  expect(show(issue)).toContain("Resolve");
  expect(show(issue, "auditor")).not.toContain("Resolve");
  expect(show({ ...issue, tenant: null })).not.toContain("Resolve");
  expect(show({ ...issue, tenant: null }, "owner")).toContain("Resolve");
});

test("what is resolved says by whom and offers nothing", () => {
  const resolved: IssueRow = { ...issue, state: "resolved", resolvedAt: now, resolvedBy: "Ana" };
  expect(show(resolved)).toContain("Resolved by Ana");
  expect(show({ ...resolved, resolvedBy: null })).toContain("Resolved automatically");
  expect(show(resolved)).not.toContain("Replace token");
});
