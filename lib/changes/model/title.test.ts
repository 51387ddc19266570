import { expect, test } from "vitest";
import { titleOf } from "@/lib/changes/model/title";

const [one, two] = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];

const about = (...names: string[]) => names.map((name) => ({ tenantId: null, name }));

test("a change is named after its people, its file, its tenant or its earlier change", () => {
  const accounts = [{ tenantId: one, resourceId: "u1", userName: "dana@acme.example" }];
  const people = ["Dana", "Ana", "Dana"].map((name) => ({ tenantId: one, name }));
  expect(titleOf({ kind: "offboard", accounts }, people)).toBe("Offboard Dana and 1 other");
  expect(titleOf({ kind: "offboard", accounts }, [])).toBe("Offboard dana@acme.example");
  expect(titleOf({ kind: "import", importId: one, tenantIds: [one, two] }, about("staff.csv"))).toBe(
    "Import staff.csv",
  );
  expect(titleOf({ kind: "undo", changeId: one, tenantIds: [one] }, about("CHG-12"))).toBe("Undo CHG-12");
});

test("of several tenants none is named, because everybody who may see one of them sees the title", () => {
  expect(titleOf({ kind: "reconcile", tenantIds: [one] }, about("Acme"))).toBe("Reconcile Acme");
  expect(titleOf({ kind: "reconcile", tenantIds: [one, two] }, about("Acme", "Contoso"))).toBe(
    "Reconcile 2 tenants",
  );
});

test.each([[[one, two]], [[two, one]]])(
  "a change over several tenants names only who is in all of them, whatever their order",
  (tenantIds) => {
    const accounts = tenantIds.map((tenantId) => ({
      tenantId,
      resourceId: "u1",
      userName: `u1@${tenantId}`,
    }));
    const [first = "", second = ""] = tenantIds;
    const offboard = { kind: "offboard" as const, accounts };
    const person = (tenantId: string, name: string) => ({ tenantId, name });
    expect(titleOf(offboard, [person(first, "Ana"), person(second, "Ben")])).toBe(
      "Offboard 2 people in 2 tenants",
    );
    expect(titleOf(offboard, [])).toBe("Offboard 2 people in 2 tenants");
    expect(titleOf(offboard, [person(first, "Ana"), person(first, "Cem"), person(second, "Cem")])).toBe(
      "Offboard Cem and 1 other",
    );
  },
);
