import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attributeKeys } from "@/lib/knowbe4/attributes";
import { parseAttribute } from "@/lib/knowbe4/parse-attribute";
import { anyEntries, makeEntry, withRules } from "@/test/entries";
import type { Expression } from "@/lib/roster/policy/expression";
import { mapPerson, toActiveRules } from "@/lib/roster/policy/mapping";
import { toPersonView } from "@/lib/roster/model/person-view";
import { mappedKeys, mappingSchema, protectedKeys, type RosterPolicy } from "@/lib/roster/policy/policy";
import type { RosterEntry } from "@/lib/roster/model/types";

function map(policy: RosterPolicy, entry: RosterEntry) {
  const problems: string[] = [];
  const mapped = mapPerson(toActiveRules(policy.mapping), entry, toPersonView(entry), (key, message) =>
    problems.push(`${key}: ${message}`),
  );
  return { ...mapped, problems };
}

function titleOf(expression: Expression, fields: Record<string, string>, groups: string[] = []) {
  const { values, problems } = map(
    withRules({ title: { expression } }),
    makeEntry("ana", { fields, groups }),
  );
  return problems.length > 0 ? problems : values.title;
}

const field = (name: string): Expression => ({ kind: "field", name });
const constant = (value: string): Expression => ({ kind: "constant", value });

describe("whatever a person's fields are", () => {
  test("unmapped, protected and console-owned attributes are never written", () => {
    const policy = withRules({
      title: { expression: null },
      department: { isProtected: true },
      location: { owner: "tenant" },
    });
    fc.assert(
      fc.property(anyEntries, (entries) => {
        for (const entry of entries) {
          const { values, createValues } = map(policy, entry);
          for (const key of ["title", "department", "location", "userName"]) {
            expect(values).not.toHaveProperty(key);
            expect(createValues).not.toHaveProperty(key);
          }
        }
      }),
    );
    expect([...protectedKeys(policy)].sort()).toEqual(["department", "location"]);
  });

  test("a value is sent as parseAttribute gives it, and only an operator's null clears", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.constantFrom(...mappedKeys),
        (raw, key) => {
          const { values, problems } = map(withRules({}), makeEntry("ana", { fields: { [key]: raw } }));
          const parsed = parseAttribute(key, raw);
          if (parsed.ok) expect(values).toEqual({ [key]: parsed.value });
          else expect(values).toEqual({});
          expect(problems.length > 0).toBe(!parsed.ok && raw.trim() !== "");
        },
      ),
    );
    expect(map(withRules({}), makeEntry("ana", { overrides: { title: null } })).values).toEqual({
      title: null,
    });
  });
});

test("without a saved mapping every attribute but the address comes from the field of its own name", () => {
  const fields = Object.fromEntries(attributeKeys.map((key) => [key, "2026-11-21T00:00:00Z"]));
  const { values, createValues } = map(withRules({}), makeEntry("ana", { fields }));
  expect(Object.keys(values)).toEqual(attributeKeys.filter((key) => key !== "userName"));
  expect(createValues).toEqual({});
});

test("an attribute mapped only for creating is written then, never later, and never cleared", () => {
  const policy = withRules({ title: { isCreateOnly: true }, department: { isCreateOnly: true } });
  const entry = makeEntry("ana", { fields: { title: "Clerk" }, overrides: { department: null } });
  expect(map(policy, entry)).toMatchObject({ values: {}, createValues: { title: "Clerk" } });
  expect(map(policy, entry).createValues).not.toHaveProperty("department");
});

test("an operator's value precedes the rule, and a cleared one is blank to other rules", () => {
  const policy = withRules({
    title: { expression: constant("Staff") },
    displayName: { expression: { kind: "coalesce", of: [field("department"), field("givenName")] } },
  });
  const entry = makeEntry("ana", {
    fields: { givenName: "Ana", department: "Sales" },
    overrides: { title: "Boss", department: null },
  });
  expect(map(policy, entry).values).toEqual({
    givenName: "Ana",
    title: "Boss",
    department: null,
    displayName: "Ana",
  });
});

test.each<[string, Expression, unknown]>([
  ["field", field("dept"), "Sales"],
  ["a field nobody has", field("toString"), undefined],
  ["the address's domain", field("domain"), "acme.example"],
  ["the source", field("source"), "inventory"],
  ["constant", constant("Everyone"), "Everyone"],
  ["coalesce", { kind: "coalesce", of: [field("none"), field("blank"), field("dept")] }, "Sales"],
  [
    "join",
    { kind: "join", of: [field("dept"), field("blank"), field("city")], separator: " / " },
    "Sales / Oslo",
  ],
  ["join of nothing", { kind: "join", of: [field("none"), field("blank")], separator: "-" }, undefined],
  ["lower", { kind: "lower", of: field("dept") }, "sales"],
  ["replace", { kind: "replace", of: field("code"), find: ".", with: "$&" }, "a$&b$&c"],
  ["date", { kind: "date", of: field("start"), from: "dd/mm/yyyy", to: "iso" }, "2026-02-01"],
  ["date of nothing", { kind: "date", of: field("none"), from: "dd/mm/yyyy", to: "iso" }, undefined],
  [
    "a date that is none",
    { kind: "date", of: field("never"), from: "dd/mm/yyyy", to: "iso" },
    ['title: "31/02/2026" is not a date written as dd/mm/yyyy.'],
  ],
  [
    "if, by a field",
    {
      kind: "if",
      when: { kind: "compare", field: "dept", is: "equal", value: "SALES" },
      yes: field("city"),
      no: constant("No"),
    },
    "Oslo",
  ],
  [
    "if, by a group",
    {
      kind: "if",
      when: { kind: "member", is: "in", group: "staff" },
      yes: constant("In"),
      no: constant("Out"),
    },
    "In",
  ],
  [
    "one in another",
    {
      kind: "lower",
      of: {
        kind: "join",
        of: [field("dept"), { kind: "replace", of: field("city"), find: "O", with: "U" }],
        separator: ".",
      },
    },
    "sales.uslo",
  ],
])("%s", (_name, expression, value) => {
  const fields = {
    dept: "Sales",
    city: "Oslo",
    blank: " ",
    code: "a.b.c",
    start: "1/2/2026",
    never: "31/02/2026",
  };
  expect(titleOf(expression, fields, ["Staff"])).toEqual(value);
});

test("text that a rule makes longer than its attribute allows is left out, and never grows without bound", () => {
  const long: Expression = { kind: "replace", of: field("dept"), find: "x", with: "x".repeat(255) };
  const longer: Expression = { kind: "replace", of: long, find: "x", with: "x".repeat(255) };
  expect(titleOf(longer, { dept: "x".repeat(255) })).toEqual([
    "title: Job title has 2000 characters. At most 255 fit.",
  ]);
});

test("a mapping is refused beyond its bounds", () => {
  const ruleWith = (expression: unknown) => ({
    rules: { title: { expression, isCreateOnly: false, owner: "source", isProtected: false } },
  });
  const nested = (depth: number): unknown =>
    depth === 1 ? field("dept") : { kind: "lower", of: nested(depth - 1) };
  expect(mappingSchema.safeParse(ruleWith(nested(4))).success).toBe(true);
  for (const bad of [
    nested(5),
    nested(5_000),
    { kind: "eval", of: field("dept") },
    { kind: "coalesce", of: Array.from({ length: 5 }, () => field("dept")) },
    { kind: "constant", value: "x".repeat(256) },
    { kind: "replace", of: field("dept"), find: "", with: "x" },
  ]) {
    expect(mappingSchema.safeParse(ruleWith(bad)).success).toBe(false);
  }
  const { rules } = ruleWith(field("mail"));
  expect(mappingSchema.safeParse({ rules: { userName: rules.title } }).success).toBe(false);
  expect(mappingSchema.parse(mappingSchema.parse({ rules }))).toEqual(mappingSchema.parse({ rules }));
});
