import { expect, test } from "vitest";
import { isFiltered, toAuditHref } from "@/components/audit/audit-address";

test("an address keeps the filter, drops empty values and applies the given changes", () => {
  const query = {
    text: "dana & co",
    action: "any",
    from: "",
    tenantId: ["t-1", "t-2"],
    before: "50",
    unknown: "x",
  };
  expect(toAuditHref(query, { event: 7, before: null })).toBe("/audit?tenantId=t-1&text=dana+%26+co&event=7");
  expect(toAuditHref({}, { event: null })).toBe("/audit");
});

test("a page or an open event alone is no filter", () => {
  expect(isFiltered({ before: "50", event: "7", action: "any", text: "" })).toBe(false);
  expect(isFiltered({ actorId: "worker" })).toBe(true);
});
