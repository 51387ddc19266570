import fc from "fast-check";
import { expect, test } from "vitest";
import { type Condition, conditionSchema, isMet } from "@/lib/roster/policy/condition";
import { anyEntries, makeEntry } from "@/test/entries";
import { toPersonView } from "@/lib/roster/model/person-view";
import { isInScope } from "@/lib/roster/policy/scope";
import { countPreview, emptyPreview } from "@/lib/roster/scope-preview";

const person = toPersonView(
  makeEntry("ana", { fields: { department: "Sales EMEA", blank: " " }, groups: ["Staff"] }),
);

function compare(field: string, is: Extract<Condition, { kind: "compare" }>["is"], value: string): Condition {
  return { kind: "compare", field, is, value };
}

const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("title", "department", "domain"),
      fc.constantFrom("equal" as const, "not-equal" as const, "contains" as const, "starts" as const),
      fc.constantFrom("Sales", "Clerk", "acme.example"),
    )
    .map(([field, is, value]) => compare(field, is, value)),
  fc.record({
    kind: fc.constant("member" as const),
    is: fc.constantFrom("in" as const, "not-in" as const),
    group: fc.constantFrom("Staff", "Nurses"),
  }),
);

test.each<[Condition, boolean]>([
  [compare("department", "equal", "sales emea"), true],
  [compare("department", "equal", "sales"), false],
  [compare("department", "not-equal", "SALES EMEA"), false],
  [compare("department", "contains", "EME"), true],
  [compare("department", "not-contains", "apac"), true],
  [compare("department", "starts", "sales"), true],
  [compare("department", "ends", "emea"), true],
  [compare("domain", "equal", "ACME.example"), true],
  [compare("none", "equal", "x"), false],
  [compare("none", "not-equal", "x"), true],
  [compare("none", "not-contains", "x"), true],
  [{ kind: "presence", field: "department", is: "present" }, true],
  [{ kind: "presence", field: "blank", is: "present" }, false],
  [{ kind: "presence", field: "blank", is: "absent" }, true],
  [{ kind: "member", is: "in", group: "STAFF" }, true],
  [{ kind: "member", is: "not-in", group: "Nurses" }, true],
])("%j is %s", (condition, isTrue) => {
  expect(isMet(condition, person)).toBe(isTrue);
});

test("a comparison with an empty text is refused: it would hold for everybody or for nobody", () => {
  expect(conditionSchema.safeParse(compare("title", "equal", " ")).success).toBe(false);
  expect(
    conditionSchema.safeParse({ kind: "compare", field: "title", is: "matches", value: "x" }).success,
  ).toBe(false);
});

test("without a rule everybody is in scope; otherwise those who meet all conditions of one line", () => {
  fc.assert(
    fc.property(
      anyEntries,
      fc.array(fc.array(anyCondition, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
      (entries, anyOf) => {
        for (const entry of entries) {
          const view = toPersonView(entry);
          const isOneMet = anyOf.some((clause) => !clause.some((condition) => !isMet(condition, view)));
          expect(isInScope({ anyOf }, view)).toBe(anyOf.length === 0 || isOneMet);
        }
      },
    ),
  );
});

test("a preview names who would leave and who would enter, without people who left, are absent or excluded", () => {
  const inSales = { fields: { department: "Sales" } };
  const entries = [
    makeEntry("ana", inSales),
    makeEntry("bo", { fields: { department: "HR" } }),
    makeEntry("cy", { ...inSales, active: false }),
    makeEntry("dee", { ...inSales, absentAt: new Date(0) }),
    makeEntry("eli", inSales),
  ];
  const preview = emptyPreview();
  countPreview(preview, entries, {
    before: { anyOf: [[compare("department", "equal", "Sales")]] },
    after: { anyOf: [[compare("department", "equal", "HR")]] },
    excluded: new Set(["eli@acme.example"]),
  });
  expect(preview).toEqual({
    out: 1,
    in: 1,
    stay: 1,
    outPeople: ["ana@acme.example"],
    inPeople: ["bo@acme.example"],
  });
});
