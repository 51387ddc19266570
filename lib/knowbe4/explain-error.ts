import {
  isScimError,
  type ScimFailure,
  type ScimProtocolReason,
  type ScimTransientReason,
} from "@/lib/scim/errors";
import { type CatalogueCode, type CatalogueEntry, getCatalogueEntry } from "@/lib/knowbe4/catalogue";

/** The catalogue entry for an operation's error. Anything but a ScimError is `unexpected`. */
export function explainError(error: unknown): CatalogueEntry {
  return getCatalogueEntry(isScimError(error) ? toCode(error) : "unexpected");
}

const transientCodes: Record<ScimTransientReason, CatalogueCode> = {
  network: "tenant-unreachable",
  timeout: "timeout",
  aborted: "stopped",
  "rate-limited": "rate-limited",
  precondition: "tenant-error",
  server: "tenant-error",
};

const protocolCodes: Record<ScimProtocolReason, CatalogueCode> = {
  redirect: "redirect",
  tls: "tls",
  egress: "egress-refused",
  "not-scim": "not-scim",
  "too-large": "not-scim",
  "incomplete-listing": "incomplete-listing",
  "filter-ignored": "not-supported",
  "other-resource": "other-resource",
};

function toCode(error: ScimFailure): CatalogueCode {
  switch (error.kind) {
    case "transient":
      // A connect time-out does not mean a slow tenant: nothing was sent.
      return error.sent === "no" && error.reason === "timeout"
        ? "tenant-unreachable"
        : transientCodes[error.reason];
    case "protocol":
      return protocolCodes[error.reason];
    case "auth":
      return "token-rejected";
    case "not-found":
      // "/Users/7" is a user who is gone; "/Users" means that the service is missing.
      return /^\/\w+\/./.test(error.path) ? "vanished" : "wrong-address";
    case "conflict":
      return findCodeInWords(error.detail) ?? "conflict";
    case "invalid":
      if (error.scimType === "uniqueness") return "conflict";
      if (error.status !== null && !aboutValues.includes(error.status)) return "not-supported";
      return findCodeInWords(error.detail) ?? "invalid-value";
  }
}

/**
 * The statuses whose words are about the values that were sent (RFC 7644 section 3.12, RFC 9110 section 15.5.21). Others
 * are about the request itself, whatever their words say: "428 Precondition Required" is no missing value.
 */
const aboutValues: readonly number[] = [400, 422];

/**
 * KnowBe4 does not publish its error bodies, so these match common words, and only to choose a better remedy: what an
 * operation does next depends on the error's class alone.
 */
const codesByWords: readonly [RegExp, CatalogueCode][] = [
  [/\b(other|another|different) (knowbe4 )?account\b/i, "email-in-other-account"],
  [/\bdomain\b/i, "domain-not-allowed"],
  [/\badmin(istrator)?s?\b/i, "admin-cannot-archive"],
  [/\b(seats?|licen[cs]es?)\b/i, "seats-exceeded"],
  [/\burn:ietf:params:scim|\bschemas?\b|\b(unknown|unsupported) attribute\b/i, "unknown-attribute"],
  [/\b(required|missing)\b/i, "missing-required"],
];

function findCodeInWords(detail: string): CatalogueCode | null {
  return codesByWords.find(([words]) => words.test(detail))?.[1] ?? null;
}
