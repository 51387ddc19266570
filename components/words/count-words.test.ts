import { expect, test } from "vitest";
import { countOf, listOf } from "@/components/words/count-words";
import { toDuration } from "@/components/words/duration-words";
import { toCatalogueCode } from "@/components/words/error-words";

test.each([
  [0, "0 people"],
  [1, "1 person"],
  [1284, "1,284 people"],
])("%d of somebody is %s", (count, words) => {
  expect(countOf(count, "person", "people")).toBe(words);
});

test("a list has commas and one and", () => {
  expect(listOf([])).toBe("");
  expect(listOf(["a"])).toBe("a");
  expect(listOf(["a", "b"])).toBe("a and b");
  expect(listOf(["a", "b", "c"])).toBe("a, b and c");
});

test.each([
  [-5, "0.0 s"],
  [412, "0.4 s"],
  [12_400, "12 s"],
  [59_600, "1 min"],
  [200_000, "3 min 20 s"],
  [7_500_000, "2 h 5 min"],
])("%d ms took %s", (durationMs, words) => {
  expect(toDuration(durationMs)).toBe(words);
});

test("a reason that this version does not know is shown as unexpected and not as nothing", () => {
  expect(toCatalogueCode("token-rejected")).toBe("token-rejected");
  expect(toCatalogueCode("of-another-version")).toBe("unexpected");
  expect(toCatalogueCode("toString")).toBe("unexpected");
});
