import { expect, test } from "vitest";
import { toAbsenceWords } from "@/components/imports/absence-words";

const contoso = { tenantId: "a", name: "Contoso", good: 3, bad: 0 };
const fabrikam = { tenantId: "b", name: "Fabrikam", good: 2, bad: 1 };
const lost = { tenantId: null, name: null, good: 0, bad: 1 };

test("a file that adds and updates says nothing of who is not in it", () => {
  expect(toAbsenceWords({ mode: "merge", byTenant: [contoso, fabrikam, lost] })).toBeNull();
});

test("a whole file says that who is missing is planned to be archived", () => {
  expect(toAbsenceWords({ mode: "full", byTenant: [contoso] })).toMatchObject({
    kind: "warning",
    title: expect.stringContaining("archiving"),
  });
});

test("a row to repair takes the file's word for absence in its tenant, and in all when its tenant is unknown", () => {
  const partly = toAbsenceWords({ mode: "full", byTenant: [contoso, fabrikam] });
  expect(partly?.title).toBe("Nobody is marked as missing in Fabrikam");
  const wholly = toAbsenceWords({ mode: "full", byTenant: [contoso, fabrikam, lost] });
  expect(wholly?.title).toBe("Nobody is marked as missing");
});
