import { expect, test } from "vitest";
import { toExpressionWords } from "@/components/roster/expression-words";
import type { Expression } from "@/lib/roster/policy/expression";

const field = (name: string): Expression => ({ kind: "field", name });

test.each<[string, Expression | null]>([
  ["not mapped, never written", null],
  ["dept", field("dept")],
  ["“Staff”", { kind: "constant", value: "Staff" }],
  [
    "first of mail, (upn in lower case)",
    { kind: "coalesce", of: [field("mail"), { kind: "lower", of: field("upn") }] },
  ],
  ["city, country joined by “, ”", { kind: "join", of: [field("city"), field("country")], separator: ", " }],
  ["phone with “ ” as “”", { kind: "replace", of: field("phone"), find: " ", with: "" }],
  ["start from dd/mm/yyyy to iso", { kind: "date", of: field("start"), from: "dd/mm/yyyy", to: "iso" }],
  [
    "“Yes” if department is “Sales”, else city",
    {
      kind: "if",
      when: { kind: "compare", field: "department", is: "equal", value: "Sales" },
      yes: { kind: "constant", value: "Yes" },
      no: field("city"),
    },
  ],
])("a rule is described in one line: %s", (words, expression) => {
  expect(toExpressionWords(expression)).toBe(words);
});
