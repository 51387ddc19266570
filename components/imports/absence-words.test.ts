import { expect, test } from "vitest";
import { toAbsenceWords } from "@/components/imports/absence-words";

const contoso = { tenantId: "a", name: "Contoso", good: 3, bad: 0 };
const fabrikam = { tenantId: "b", name: "Fabrikam", good: 2, bad: 1 };
const lost = { tenantId: null, name: null, good: 0, bad: 1 };

test("a file that adds and updates says nothing about absent people", () => {
  expect(toAbsenceWords({ mode: "merge", byTenant: [contoso, fabrikam, lost] })).toBeNull();
});

test("a full file says that absent people are planned for archiving", () => {
  expect(toAbsenceWords({ mode: "full", byTenant: [contoso] })).toMatchObject({
    kind: "warning",
    title: expect.stringContaining("archiving"),
  });
});

test("a row to repair stops the file from marking anyone absent in its tenant, and in all tenants if its own is unknown", () => {
  const partly = toAbsenceWords({ mode: "full", byTenant: [contoso, fabrikam] });
  expect(partly?.title).toBe("Nobody is marked as absent in Fabrikam");
  const all = toAbsenceWords({ mode: "full", byTenant: [contoso, fabrikam, lost] });
  expect(all?.title).toBe("Nobody is marked as absent");
});
