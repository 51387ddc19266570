import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldName, proposeAddress } from "@/components/changes/new-change/address-pattern";
import { parseAttribute } from "@/lib/knowbe4/parse-attribute";

describe("the proposed address", () => {
  test.each([
    ["Ana", "Ruiz", "ana.ruiz"],
    ["Ana María", "Ruiz-Łukasz", "anamaria.ruiz-lukasz"],
    ["Jürgen", "Groß", "jurgen.gross"],
    ["Søren", "Ærø", "soren.aero"],
    ["Seán", "O’Brien", "sean.obrien"],
    ["  Prince ", "", "prince"],
    ["李", "Ming", "ming"],
  ])("of %s %s is %s", (first, last, local) => {
    expect(proposeAddress({ first, last }, "contoso.example")).toBe(`${local}@contoso.example`);
  });

  test("is empty when the name has no plain letter, so that the operator fills it in", () => {
    expect(proposeAddress({ first: "李", last: "明" }, "contoso.example")).toBe("");
  });

  test("ends at the @ in a tenant without a recorded domain", () => {
    expect(proposeAddress({ first: "Ana", last: "Ruiz" }, undefined)).toBe("ana.ruiz@");
  });

  test("is always one that may be sent to the tenant", () => {
    const name = fc.string({ unit: "grapheme", maxLength: 30 });
    fc.assert(
      fc.property(name, name, (first, last) => {
        const address = proposeAddress({ first, last }, "contoso.example");
        expect(address === "" || address.length > 80 || parseAttribute("userName", address).ok).toBe(true);
        expect(foldName(first)).toMatch(/^[a-z0-9-]*$/);
      }),
    );
  });
});
