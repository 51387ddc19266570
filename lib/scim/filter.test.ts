import fc from "fast-check";
import { parse } from "scim2-parse-filter";
import { expect, test } from "vitest";
import { equalsFilter, toNameKey } from "@/lib/scim/filter";

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("\\", '"', "a", " ") }),
);

test("any value survives its escaping, and its quotes end only at the end", () => {
  fc.assert(
    fc.property(anyText, (value) => {
      const [, literal = ""] =
        /^userName eq ("(?:[^"\\]|\\.)*")$/s.exec(equalsFilter("userName", value)) ?? [];
      expect(JSON.parse(literal)).toBe(value);
    }),
  );
});

test("another author's parser reads back any value that does not end in a backslash", () => {
  const values = anyText.filter((text) => !text.includes("\\"));
  fc.assert(
    fc.property(values, (value) => {
      const expected = { op: "eq", attrPath: "userName", compValue: value };
      expect(parse(equalsFilter("userName", value))).toEqual(expected);
    }),
  );
});

test("a value cannot end its quotes and add a condition", () => {
  const filter = equalsFilter("userName", '" or userName pr or userName eq "');
  expect(parse(filter)).toMatchObject({ op: "eq", compValue: '" or userName pr or userName eq "' });
});

test("the key of a key is the same key", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => toNameKey(toNameKey(name)) === toNameKey(name)),
  );
});
