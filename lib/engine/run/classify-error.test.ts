import { describe, expect, test } from "vitest";
import { ATTEMPTS_MAX } from "@/lib/engine/run/backoff";
import { classifyError } from "@/lib/engine/run/classify-error";
import { isCuredBy } from "@/lib/knowbe4/cured-by";
import {
  ScimAuthError,
  ScimConflictError,
  type ScimErrorFacts,
  ScimInvalidError,
  ScimNotFoundError,
  ScimProtocolError,
  ScimTransientError,
} from "@/lib/scim/errors";

const facts: ScimErrorFacts = {
  status: null,
  method: "POST",
  path: "/Users",
  detail: "",
  requestId: null,
  sent: "answered",
};
const again = { kind: "retry", counted: false };

describe("what an answer means for the operation and its tenant", () => {
  test.each([
    [
      "400",
      new ScimInvalidError({ ...facts, status: 400, scimType: null }),
      { kind: "failed" },
      { kind: "none" },
    ],
    [
      "501",
      new ScimInvalidError({ ...facts, status: 501, scimType: null }),
      { kind: "failed" },
      { kind: "none" },
    ],
    ["401", new ScimAuthError({ ...facts, status: 401 }), again, { kind: "stop" }],
    ["404", new ScimNotFoundError({ ...facts, status: 404 }), { kind: "vanished" }, { kind: "none" }],
    [
      "409",
      new ScimConflictError({ ...facts, status: 409, scimType: null }),
      { kind: "conflict" },
      { kind: "none" },
    ],
    [
      "a 2xx that is no SCIM",
      new ScimProtocolError({ ...facts, status: 200, reason: "not-scim" }),
      { kind: "unknown" },
      { kind: "failing" },
    ],
    [
      "a redirect",
      new ScimProtocolError({ ...facts, status: 302, reason: "redirect" }),
      again,
      { kind: "stop" },
    ],
    [
      "a bad certificate",
      new ScimProtocolError({ ...facts, sent: "no", reason: "tls" }),
      again,
      { kind: "stop" },
    ],
    [
      "a refused address",
      new ScimProtocolError({ ...facts, sent: "no", reason: "egress" }),
      again,
      { kind: "stop" },
    ],
  ])("%s", (_name, error, operation, tenant) => {
    expect(classifyError(error, 1)).toMatchObject({ operation, tenant });
  });

  test.each([
    [
      "429 with a wait",
      { status: 429, reason: "rate-limited" as const, retryAfterMs: 7_000 },
      again,
      { kind: "slow", retryAfterMs: 7_000 },
    ],
    ["429 without", { status: 429, reason: "rate-limited" as const }, again, { kind: "slow" }],
    [
      "503 with a wait",
      { status: 503, reason: "server" as const, retryAfterMs: 7_000 },
      { kind: "unknown" },
      { kind: "slow", retryAfterMs: 7_000 },
    ],
    ["500", { status: 500, reason: "server" as const }, { kind: "unknown" }, { kind: "failing" }],
    ["412", { status: 412, reason: "precondition" as const }, { kind: "unknown" }, { kind: "failing" }],
    [
      "cut after it was sent",
      { reason: "network" as const, sent: "maybe" as const },
      { kind: "unknown" },
      { kind: "failing" },
    ],
    [
      "silence after it was sent",
      { reason: "timeout" as const, sent: "maybe" as const },
      { kind: "unknown" },
      { kind: "failing" },
    ],
    ["no connection", { reason: "network" as const, sent: "no" as const }, again, { kind: "failing" }],
  ])("%s", (_name, given, operation, tenant) => {
    expect(classifyError(new ScimTransientError({ ...facts, ...given }), 1)).toMatchObject({
      operation,
      tenant,
    });
  });
});

test("an operation that fails repeatedly fails for good, unless none of it was ever sent", () => {
  const server = new ScimTransientError({ ...facts, status: 500, reason: "server" });
  expect(classifyError(server, ATTEMPTS_MAX - 1).operation).toEqual({ kind: "unknown" });
  expect(classifyError(server, ATTEMPTS_MAX).operation).toEqual({ kind: "failed" });
  const unreachable = new ScimTransientError({ ...facts, reason: "network", sent: "no" });
  expect(classifyError(unreachable, 1_000).operation).toEqual(again);
});

test("a bug of ours ends the operation and does not affect the tenant", () => {
  expect(classifyError(new TypeError("x is undefined"), 1)).toEqual({
    operation: { kind: "failed" },
    tenant: { kind: "none" },
    code: "unexpected",
  });
});

test.each([
  new ScimAuthError({ ...facts, status: 401 }),
  ...(["redirect", "tls", "egress", "not-scim"] as const).map(
    (reason) => new ScimProtocolError({ ...facts, reason }),
  ),
  new ScimTransientError({ ...facts, status: 500, reason: "server" }),
])("the errors that stop a tenant are those the catalogue cures with a token or a probe: %s", (error) => {
  const { tenant, code } = classifyError(error, 1);
  expect(tenant.kind === "stop").toBe(isCuredBy(code, "new-token", "probe"));
});
