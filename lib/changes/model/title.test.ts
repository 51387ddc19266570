import { expect, test } from "vitest";
import { titleOf } from "@/lib/changes/model/title";

const [one, two] = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];

test("a change is named after its people, its file, its tenant or its earlier change", () => {
  const accounts = [{ tenantId: one, resourceId: "u1", userName: "dana@acme.example" }];
  expect(titleOf({ kind: "offboard", accounts }, ["Dana", "Ana", "Dana"])).toBe("Offboard Dana and 1 other");
  expect(titleOf({ kind: "offboard", accounts }, [])).toBe("Offboard dana@acme.example");
  expect(titleOf({ kind: "import", importId: one, tenantIds: [one, two] }, ["staff.csv"])).toBe(
    "Import staff.csv",
  );
  expect(titleOf({ kind: "undo", changeId: one, tenantIds: [one] }, ["CHG-12"])).toBe("Undo CHG-12");
});

test("of several tenants none is named, because everybody who may see one of them sees the title", () => {
  expect(titleOf({ kind: "reconcile", tenantIds: [one] }, ["Acme"])).toBe("Reconcile Acme");
  expect(titleOf({ kind: "reconcile", tenantIds: [one, two] }, ["Acme", "Contoso"])).toBe(
    "Reconcile 2 tenants",
  );
});
