import { expect, test } from "vitest";
import { type FieldFacts, isSecret } from "@/components/ui/fields/is-secret";

const plain: FieldFacts = { type: "text", name: "reason", autoComplete: "off" };

test.each<[string, Partial<FieldFacts>]>([
  ["a password", { type: "password", name: "anything" }],
  ["a password that is shown as text", { name: "newPassword", autoComplete: "new-password" }],
  ["a field that the browser knows as a password", { autoComplete: "section-a current-password" }],
  ["a token, whatever its type", { name: "token" }],
  ["a token among other words", { name: "bearerToken" }],
  ["a secret", { name: "client_secret" }],
  ["a code", { name: "code" }],
  ["a one-time code", { name: "x", autoComplete: "one-time-code" }],
  ["a PIN", { name: "pin" }],
  ["an API key", { name: "apiKey" }],
  ["a card's number", { autoComplete: "cc-number" }],
])("%s is never kept", (_what, facts) => {
  expect(isSecret({ ...plain, ...facts })).toBe(true);
});

test.each(["reason", "ticket", "addresses", "intent.attributes.givenName", "everyMinutes", "opinion"])(
  "%s is kept",
  (name) => {
    expect(isSecret({ ...plain, name })).toBe(false);
    expect(isSecret({ name })).toBe(false);
  },
);
