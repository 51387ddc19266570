import { expect, test } from "vitest";
import { importCan, importStates, toOpenChange } from "@/lib/imports/import-can";

/** For each state in the order of `importStates`: y allowed, d already done, n refused. */
test.each([
  ["check", "nyynnnn"],
  ["plan", "nnynnnn"],
  ["discard", "yyyndnn"],
] as const)("%s has one answer in every state of an import, and a refusal says why", (verb, expected) => {
  const answers = importStates.map((state) => {
    const facts = { state, openChange: null };
    const refusal = importCan[verb].whyNot(facts);
    for (const sentence of refusal ? [refusal.cause, refusal.effect, refusal.next] : [])
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    if (importCan[verb](facts)) return "y";
    return importCan[verb].isDone(facts) ? "d" : "n";
  });
  expect(answers.join("")).toBe(expected);
});

test("the rows of an open change are kept, and the refusal names it", () => {
  const openChange = toOpenChange({ number: 7, state: "scheduled" });
  for (const verb of ["check", "plan", "discard"] as const) {
    expect(importCan[verb].whyNot({ state: "checked", openChange })?.cause).toContain("CHG-7");
  }
  expect(toOpenChange({ number: 7, state: "expired" })).toBeNull();
  expect(toOpenChange(null)).toBeNull();
});
