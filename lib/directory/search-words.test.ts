import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, toSearchWords, toSortKey, toTerms } from "@/lib/directory/search-words";

const text = fc.string({ unit: "grapheme" });
const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });

/** Whether a person with these words is found by this text: the same condition as in the database. */
function isFound(words: string, searched: string): boolean {
  return toTerms(searched).every((term) => words.includes(` ${term}`));
}

const anna = {
  displayName: "Anna-Lena Müller",
  userName: "anna.muller@acme.example",
  title: "Compliance Officer",
  employeeNumber: "E1047",
  externalId: "emp-1047",
};

test.each([
  "müller anna",
  "Anna Muller",
  "MÜLLER",
  "Mu\u0308ller",
  "lena",
  "anna-lena",
  "Müller, Anna",
  "anna.muller@ac",
  "@acme.example",
  "Officer Compliance",
  "e1047",
  "emp-1047",
  "1047",
  "off anna emp",
])("Anna-Lena Müller is found by %s", (searched) => {
  expect(isFound(toSearchWords(anna), searched)).toBe(true);
});

test.each(["ena", "Anna Schmidt", "mueller", "fficer", "example", "047"])(
  "and not by %s, which is not the beginning of one of her words",
  (searched) => {
    expect(isFound(toSearchWords(anna), searched)).toBe(false);
  },
);

test.each([
  ["Jürgen Strauß", "jurgen strauss"],
  ["Łukasz Żółć", "lukasz zolc"],
  ["Søren Ægir", "soren aegir"],
  ["İstanbul ISPARTA ısı", "istanbul isparta isi"],
  ["ΟΔΥΣΣΕΥΣ", "οδυσσευσ"],
  ["Ｆｕｌｌ　ｗｉｄｔｈ", "full width"],
  ["O’Brien", "o'brien"],
])("%s is folded to %s", (given, folded) => {
  expect(fold(given)).toBe(folded);
});

test("a random id is one word, and a part of it finds nobody", () => {
  const words = toSearchWords({
    displayName: "",
    userName: "",
    externalId: "8c8dbf32-2a53-4a0c-9d6e-0a1b2c3d4e5f",
  });
  expect(words).toBe(" 8c8dbf32-2a53-4a0c-9d6e-0a1b2c3d4e5f ");
});

test("folding what is folded changes nothing", () => {
  fc.assert(
    fc.property(text, (given) => {
      expect(fold(fold(given))).toBe(fold(given));
    }),
    { seed: 8, numRuns: 2_000 },
  );
});

test("case, accents and their Unicode form make no difference", () => {
  fc.assert(
    fc.property(text, (given) => {
      expect(fold(given.normalize("NFD"))).toBe(fold(given.normalize("NFC")));
      expect(toTerms(given.normalize("NFD"))).toEqual(toTerms(given.normalize("NFC")));
    }),
    { seed: 8, numRuns: 2_000 },
  );
});

test("a person is found by their words as stored, in any order and by their beginnings", () => {
  const person = fc.record({
    displayName: text,
    userName: word,
    title: text,
    employeeNumber: word,
    externalId: word,
  });
  fc.assert(
    fc.property(person, fc.nat(), (given, turn) => {
      const words = toSearchWords(given);
      for (const value of Object.values(given)) expect(isFound(words, value)).toBe(true);
      const terms = toTerms(Object.values(given).join(" "));
      const at = terms.length > 0 ? turn % terms.length : 0;
      const turned = [...terms.slice(at), ...terms.slice(0, at)].toReversed();
      expect(isFound(words, turned.map((term) => [...term].slice(0, 3).join("")).join(" "))).toBe(true);
    }),
    { seed: 8, numRuns: 1_000 },
  );
});

test("words and keys are bounded, and no word holds a space", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 3_000, size: "max" }), (given) => {
      const words = toSearchWords({ displayName: given, userName: given, title: given });
      for (const each of words.trim().split(" ")) expect([...each].length).toBeLessThanOrEqual(64);
      expect(words.trim().split(" ").length).toBeLessThanOrEqual(40);
      expect(words).not.toMatch(/[^\S ]| {2}/);
      expect([...toSortKey(given)].length).toBeLessThanOrEqual(100);
    }),
    { seed: 8, numRuns: 200 },
  );
});
