import { expect, test } from "vitest";
import { catalogue, type CatalogueCode } from "@/lib/knowbe4/catalogue";
import { codesCuredBy, isCuredBy } from "@/lib/knowbe4/cured-by";

test("every code has one cure, and is found by it and by no other", () => {
  for (const code of Object.keys(catalogue) as CatalogueCode[]) {
    const { curedBy } = catalogue[code];
    expect(codesCuredBy(curedBy)).toContain(code);
    expect(isCuredBy(code, curedBy)).toBe(true);
    expect(isCuredBy(code, curedBy === "wait" ? "probe" : "wait")).toBe(false);
  }
});

test("a new token cures each trouble of the token", () => {
  expect(codesCuredBy("new-token")).toEqual(["token-rejected", "no-token", "seal-broken"]);
});

test("an approval cures everything that a rail holds", () => {
  const held = (Object.keys(catalogue) as CatalogueCode[]).filter((code) =>
    /^Held:/.test(catalogue[code].title),
  );
  expect(held.length).toBeGreaterThan(5);
  expect(codesCuredBy("approval")).toEqual(held);
});

test.each([null, "a-code-of-tomorrow", "toString"])("no cure is known for %s", (code) => {
  expect(isCuredBy(code, "new-token", "wait", "nothing")).toBe(false);
});
