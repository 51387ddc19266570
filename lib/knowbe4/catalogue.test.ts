import { expect, test } from "vitest";
import {
  ScimAuthError,
  ScimConflictError,
  type ScimErrorFacts,
  ScimInvalidError,
  ScimNotFoundError,
  ScimProtocolError,
  ScimTransientError,
} from "@/lib/scim/errors";
import { catalogue, type CatalogueCode, getFinalEntry } from "@/lib/knowbe4/catalogue";
import { explainError } from "@/lib/knowbe4/explain-error";

function facts(part: Partial<ScimErrorFacts> = {}): ScimErrorFacts {
  return {
    status: 400,
    method: "GET",
    path: "/Users/7",
    detail: "x",
    requestId: null,
    sent: "answered",
    ...part,
  };
}

test("every entry is a cause and a next step in whole sentences", () => {
  for (const [code, { title, cause, remedy }] of Object.entries(catalogue)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title, code).toMatch(/^[A-Z].*[^.]$/);
    for (const sentence of [cause, remedy]) expect(sentence, code).toMatch(/^[A-Z].*\.$/);
    expect(`${title} ${cause} ${remedy}`, code).not.toMatch(/successfully|oops|please|!/i);
  }
});

test("an operation that failed for good is never said to be retried by itself", () => {
  const codes = Object.keys(catalogue) as CatalogueCode[];
  const promising = codes.filter((code) =>
    /automatically|Rollcall (retries|reads)|the run continues/.test(getFinalEntry(code).remedy),
  );
  // These end reads and tenants, never an operation.
  expect(promising).toEqual(["failing-run", "incomplete-listing", "read-interrupted"]);
});

test.each([
  [
    "tenant-unreachable",
    new ScimTransientError({ ...facts({ status: null, sent: "no" }), reason: "network" }),
  ],
  [
    "tenant-unreachable",
    new ScimTransientError({ ...facts({ status: null, sent: "no" }), reason: "timeout" }),
  ],
  ["timeout", new ScimTransientError({ ...facts({ status: null, sent: "maybe" }), reason: "timeout" })],
  ["rate-limited", new ScimTransientError({ ...facts({ status: 429 }), reason: "rate-limited" })],
  ["tenant-error", new ScimTransientError({ ...facts({ status: 500 }), reason: "server" })],
  ["stopped", new ScimTransientError({ ...facts(), reason: "aborted" })],
  ["tls", new ScimProtocolError({ ...facts(), reason: "tls" })],
  ["redirect", new ScimProtocolError({ ...facts(), reason: "redirect" })],
  ["egress-refused", new ScimProtocolError({ ...facts(), reason: "egress" })],
  ["not-scim", new ScimProtocolError({ ...facts(), reason: "too-large" })],
  ["incomplete-listing", new ScimProtocolError({ ...facts(), reason: "incomplete-listing" })],
  ["token-rejected", new ScimAuthError(facts({ status: 403 }))],
  ["vanished", new ScimNotFoundError(facts({ status: 404 }))],
  ["wrong-address", new ScimNotFoundError(facts({ status: 404, path: "/Users?filter=x" }))],
  ["conflict", new ScimConflictError({ ...facts({ status: 409 }), scimType: null })],
  [
    "email-in-other-account",
    new ScimConflictError({ ...facts({ detail: "Email is used in another account" }), scimType: null }),
  ],
  ["conflict", new ScimInvalidError({ ...facts(), scimType: "uniqueness" })],
  [
    "domain-not-allowed",
    new ScimInvalidError({ ...facts({ detail: "Domain not allowed" }), scimType: null }),
  ],
  [
    "admin-cannot-archive",
    new ScimInvalidError({ ...facts({ detail: "User is an admin" }), scimType: null }),
  ],
  ["seats-exceeded", new ScimInvalidError({ ...facts({ detail: "No seats left" }), scimType: null })],
  ["unknown-attribute", new ScimInvalidError({ ...facts({ detail: "Invalid schemas" }), scimType: null })],
  [
    "missing-required",
    new ScimInvalidError({ ...facts({ detail: "userName is required" }), scimType: null }),
  ],
  ["not-supported", new ScimInvalidError({ ...facts({ status: 501 }), scimType: null })],
  [
    "not-supported",
    new ScimInvalidError({ ...facts({ status: 428, detail: "A precondition is required" }), scimType: null }),
  ],
  [
    "missing-required",
    new ScimInvalidError({ ...facts({ status: 422, detail: "name missing" }), scimType: null }),
  ],
  ["invalid-value", new ScimInvalidError({ ...facts(), scimType: "invalidValue" })],
  ["unexpected", new Error("something else")],
  ["unexpected", "not even an error"],
])("%s explains its error", (code, error) => {
  expect(explainError(error)).toMatchObject({ code, ...catalogue[code as keyof typeof catalogue] });
});
