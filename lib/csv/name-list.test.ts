import fc from "fast-check";
import { expect, test } from "vitest";
import { readNameList, toNameList } from "@/lib/csv/name-list";

test("any names written into one cell read back the same", () => {
  const hostile = fc.array(fc.constantFrom(";", "|", '"', " ", "\n", "a", "=", "\\", "'", "\u037e"), {
    maxLength: 8,
  });
  const name = fc
    .oneof(
      hostile.map((signs) => signs.join("")),
      fc.string({ unit: "grapheme" }),
    )
    .filter((text) => text.trim() !== "");
  fc.assert(
    fc.property(fc.array(name, { maxLength: 6 }), (names) => {
      expect(readNameList(toNameList(names))).toEqual(names.map((each) => each.trim().normalize("NFC")));
    }),
  );
});

test("names are told apart by ; and |, and quotes keep those inside a name", () => {
  expect(readNameList("All; Sales|Board ;; ")).toEqual(["All", "Sales", "Board"]);
  expect(toNameList(["R&D; Berlin", "Sales | EMEA", "VPN"])).toBe('"R&D; Berlin"; "Sales | EMEA"; VPN');
  expect(toNameList(['"Quoted"', '5" pipe'])).toBe('"""Quoted"""; 5" pipe');
});

test("a known name needs no quotes, in any case and Unicode form", () => {
  const known = ["R&D; Berlin", "Sales | \u00c9quipe", "VPN"];
  expect(readNameList("R&D; Berlin; sales | E\u0301quipe; R&D; Berlin 2; VPN", known)).toEqual([
    "R&D; Berlin",
    "sales | \u00c9quipe",
    "R&D",
    "Berlin 2",
    "VPN",
  ]);
});

test("a quote that does not enclose a whole name is part of it", () => {
  expect(readNameList('"Best" team; "open; DOMAIN\\Sales')).toEqual([
    '"Best" team',
    '"open',
    "DOMAIN\\Sales",
  ]);
});
