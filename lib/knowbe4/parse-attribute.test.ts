import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attributeKeys, attributes } from "@/lib/knowbe4/attributes";
import { parseAttribute } from "@/lib/knowbe4/parse-attribute";
import { sameAttributeValue } from "@/lib/knowbe4/same-attribute-value";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

describe("parseAttribute", () => {
  test.each([
    ["givenName", "  Ana ", "Ana"],
    ["givenName", "Zoe\u0308", "Zo\u00eb"],
    ["familyName", "محمد علی‌پور", "محمد علی‌پور"],
    ["displayName", "Dr 👩‍🔬 Müller", "Dr 👩‍🔬 Müller"],
    ["userName", " Ana.O'Hara+x@Example.co.uk ", "Ana.O'Hara+x@Example.co.uk"],
    ["userName", "a@xn--mller-kva.example", "a@xn--mller-kva.example"],
    ["customDate1", "2022-04-04T04:23:30Z", "2022-04-04T04:23:30Z"],
    ["customDate1", "2022-04-04T04:23:30.999Z", "2022-04-04T04:23:30Z"],
    ["customDate1", "2022-04-04t04:23:30+05:45", "2022-04-03T22:38:30Z"],
    ["customDate1", "2022-04-04 04:23+0545", "2022-04-03T22:38:00Z"],
    ["customDate1", "2022-04-04T04:23:30", "2022-04-04T04:23:30Z"],
    ["customDate1", "2022-04-04", "2022-04-04T00:00:00Z"],
    ["outOfOfficeEnd", "2024-02-29", "2024-02-29T00:00:00Z"],
  ] as const)("%s %o is sent as %o", (key, raw, value) => {
    expect(parseAttribute(key, raw)).toEqual({ ok: true, value });
  });

  test.each([
    ["title", " \u00a0 ", "empty"],
    ["title", "Chief\nOfficer", "line break"],
    ["title", "a\u0000b", "control character"],
    ["displayName", "Ana\u202egnp.exe", "reverses text"],
    ["displayName", "half \ud83d emoji", "half a character"],
    ["title", "x".repeat(256), "At most 255"],
    [
      "userName",
      `${"x".repeat(64)}@${"y".repeat(62)}.${"y".repeat(62)}.${"y".repeat(62)}.com`,
      "At most 254",
    ],
    ["userName", "zo\u00eb@example.com", "plain letters"],
    ["userName", "ana@m\u00fcller.example", "plain letters"],
    ["userName", "ana@localhost", "name@example.com"],
    ["userName", "ana example.com", "name@example.com"],
    ["userName", "Ana <ana@example.com>", "name@example.com"],
    ["userName", "ana@example..com", "name@example.com"],
    ["customDate1", "2022-02-30", "not a date"],
    ["customDate1", "2022-13-01", "not a date"],
    ["customDate1", "04/04/2022", "not a date"],
    ["customDate1", "2022-04-04T25:00:00Z", "not a date"],
  ] as const)("%s %o is refused: %s", (key, raw, words) => {
    const parsed = parseAttribute(key, raw);
    expect(parsed).toMatchObject({ ok: false });
    expect(parsed.ok || parsed.message).toContain(words);
    expect(parsed.ok || parsed.message).toContain(attributes[key].label);
  });

  test("length counts characters as people do", () => {
    expect(parseAttribute("title", "👍".repeat(255)).ok).toBe(true);
    expect(parseAttribute("title", "👍".repeat(256)).ok).toBe(false);
  });

  test("its output is accepted unchanged, with the same meaning", () => {
    const dates = fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((d) => d.toISOString());
    const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.emailAddress(), dates);
    fc.assert(
      fc.property(fc.constantFrom(...attributeKeys), texts, (key, raw) => {
        const parsed = parseAttribute(key, raw);
        fc.pre(parsed.ok);
        expect(parseAttribute(key, parsed.value)).toEqual(parsed);
        expect(sameAttributeValue(key, raw, parsed.value)).toBe(true);
      }),
    );
  });
});

test.each([
  ["customDate1", "2022-04-04T04:23:30Z", "2022-04-04T04:23:30.000Z", true],
  ["customDate1", "2022-04-04T04:23:30Z", "2022-04-04T10:08:30+05:45", true],
  ["customDate1", "2022-04-04T04:23:30Z", "2022-04-04T04:23:30", true],
  ["customDate1", "2022-04-04T04:23:30Z", "2022-04-04T04:23:31Z", false],
  ["userName", "Ana@Example.com", "ana@example.COM", true],
  ["title", "CEO", "ceo", false],
  ["title", "Zoe\u0308", "Zo\u00eb ", true],
  ["manager", "m-1", { value: "m-1", displayName: "Max" }, true],
  ["manager", "m-1", { value: "m-2" }, false],
  ["employeeNumber", "17", 17, true],
  ["title", null, "", true],
  ["title", undefined, null, true],
  ["title", undefined, "CEO", false],
] as const)("%s: %o and %o are the same: %s", (key, a, b, same) => {
  expect(sameAttributeValue(key, a, b)).toBe(same);
  expect(sameAttributeValue(key, b, a)).toBe(same);
});

test("one address in two spellings has one key", () => {
  expect(userNameKey(" ZO\u00cb@Example.com ")).toBe(userNameKey("zoe\u0308@example.com"));
});
