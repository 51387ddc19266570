import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "@/lib/auth/password";
import { findPasswordProblem } from "@/lib/auth/password-policy";

const technician = { role: "technician", email: "dana.ruiz@contoso.example", name: "Dana Ruiz" } as const;

test("a password is stored as argon2id with 64 MiB and 3 passes, salted", async () => {
  const [first, second] = await Promise.all([hashPassword("one password"), hashPassword("one password")]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  expect(second).not.toBe(first);
});

test("a password matches its own hash, however its accents were typed, and no other", async () => {
  const stored = await hashPassword("caf\u00e9 au lait, bien chaud");
  expect(await verifyPassword(stored, "cafe\u0301 au lait, bien chaud")).toBe(true);
  expect(await verifyPassword(stored, "cafe au lait, bien chaud")).toBe(false);
});

test("no password matches an account that does not exist", async () => {
  expect(await verifyPassword(null, "anything at all")).toBe(false);
});

test.each([
  ["elevenchars", /11 characters; at least 12/],
  ["Password1234!", /common words/],
  ["P@ssword2026!", /common words/],
  ["Willkommen2026!", /common words/],
  ["qwertyuiop12", /common words/],
  ["aaaaaaaaaaaaaaaa", /common words/],
  ["qazwsxedcrfvtgb1", /neighbouring keys/],
  ["1qaz2wsx3edc4rfv", /neighbouring keys/],
  ["ZAQ1xsw2CDE3vfr4!", /neighbouring keys/],
  ["121212121212", /common words/],
  ["DanaRuizContoso1", /your own name/],
  ["Rollcall-KnowBe4", /common words/],
  ["x".repeat(257), /more than 256/],
])("%j is refused as a new password", (password, problem) => {
  expect(findPasswordProblem(password, technician)).toMatch(problem);
});

test("a phrase is accepted, and an owner's has to be longer", () => {
  expect(findPasswordProblem("copper kettle", technician)).toBeNull();
  expect(findPasswordProblem("copper kettle", { ...technician, role: "owner" })).toMatch(
    /13 characters; at least 15/,
  );
  expect(findPasswordProblem("copper kettle hum", { ...technician, role: "owner" })).toBeNull();
});
