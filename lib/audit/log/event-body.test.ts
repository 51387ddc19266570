import { expect, test } from "vitest";
import { toEventBody } from "@/lib/audit/log/event-body";
import type { AuditEvent } from "@/lib/audit/log/events";
import { operatorScope, systemScope } from "@/lib/auth/scope";

const scope = systemScope("worker", "all", "request-1");
const event: AuditEvent = { action: "tenant.renamed", target: "Contoso" };

test("the body is canonical JSON with the scope's actor and without undefined values", () => {
  const session = {
    sessionId: "s",
    operatorId: "o-1",
    name: "Priya",
    email: "p@x",
    role: "owner",
    tenantIds: [],
  } as const;
  const request = { address: "203.0.113.24", userAgent: "x", requestId: "request-1" };
  expect(toEventBody(operatorScope(session, request), { ...event, after: { b: 1, a: undefined } })).toBe(
    '{"action":"tenant.renamed","actor":{"address":"203.0.113.24","id":"o-1","kind":"operator","name":"Priya",' +
      '"role":"owner"},"after":{"b":1},"requestId":"request-1","target":"Contoso","v":1}',
  );
});

test("an event cannot name its own actor", () => {
  const forged = { ...event, actor: { kind: "operator", id: "somebody" }, requestId: "forged" };
  expect(JSON.parse(toEventBody(scope, forged))).toMatchObject({
    actor: { id: "worker" },
    requestId: "request-1",
  });
});

test.each(["token", "apiToken", "client_secret", "Password", "passwordHash", "authorization"])(
  "a field named %s is refused, however deep",
  (name) => {
    for (const values of [{ [name]: "x" }, { list: [{ deep: { [name]: "x" } }] }]) {
      expect(() => toEventBody(scope, { ...event, before: values })).toThrow(/names a secret/);
      expect(() => toEventBody(scope, { ...event, after: values })).toThrow(/names a secret/);
      expect(() => toEventBody(scope, { ...event, details: values })).toThrow(/names a secret/);
    }
  },
);

test("a token's fingerprint may be recorded", () => {
  expect(toEventBody(scope, { ...event, after: { tokenFingerprint: "41ab" } })).toContain("41ab");
});

test("text is capped and has no character that breaks a line, hides a name or splits a letter", () => {
  const dirty = "a\r\n\u0000b\u202egnp.exe";
  const long = `${"x".repeat(299)}😀`;
  const parsed = JSON.parse(
    toEventBody(scope, { ...event, target: long, reason: dirty, details: { note: "y".repeat(3_000) } }),
  );
  expect(parsed.target).toBe("x".repeat(299));
  expect(parsed.reason).toBe("a bgnp.exe");
  expect(parsed.details.note).toHaveLength(2_000);
  expect(() => toEventBody(scope, { ...event, target: "\ud800" })).not.toThrow();
});

test.each([[10n], [() => 1], [Symbol("x")], [Number.NaN], [new Map()]])(
  "%s, which JSON cannot carry, is refused",
  (value) => {
    expect(() => toEventBody(scope, { ...event, details: { value } })).toThrow();
  },
);
