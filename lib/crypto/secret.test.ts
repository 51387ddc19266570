import { format, inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { Secret } from "@/lib/crypto/secret";

const canary = "canary-7f3a";
const secret = new Secret(canary);

describe("a Secret", () => {
  test("reveals its text through reveal() alone", () => {
    expect(secret.reveal()).toBe(canary);
  });

  test.each([
    ["a template string", () => `token=${secret}`],
    ["a concatenation", () => "token=" + String(secret)],
    ["JSON", () => JSON.stringify({ nested: [{ secret }] })],
    ["inspect", () => inspect({ nested: { secret } }, { showHidden: true, depth: 9, getters: true })],
    ["console formatting", () => format("%s %o %O %j", secret, secret, secret, secret)],
    ["an error's message", () => inspect(new Error(`refused ${secret}`))],
    ["an error's cause", () => inspect(new Error("refused", { cause: secret }))],
    ["a list of its parts", () => JSON.stringify([Object.entries(secret), Object.keys({ ...secret })])],
    ["a structured clone", () => inspect(structuredClone({ secret }))],
  ])("does not show its text in %s", (_where, show) => {
    expect(show()).not.toContain(canary);
  });

  test("shows that something was left out", () => {
    expect([`${secret}`, JSON.stringify(secret), inspect(secret)]).toEqual([
      "[REDACTED]",
      '"[REDACTED]"',
      "[REDACTED]",
    ]);
  });
});
