import canonicalize from "canonicalize";
import type { AuditEvent, EventValues } from "@/lib/audit/log/events";
import type { Scope } from "@/lib/auth/scope";

const TARGET_CHARS_MAX = 300;
const TEXT_CHARS_MAX = 2_000;

// A fingerprint may be recorded. Any other field named after a secret is refused, because the log is never erased.
const SECRET_NAME = /token|secret|password|authorization/i;
const TELLABLE_NAME = /fingerprint$/i;

/**
 * Builds the body of one event: canonical JSON (RFC 8785), which is hashed and stored unchanged. The actor and the
 * request come only from the scope; text is cleaned and capped, `undefined` is left out.
 * @throws Error on a value JSON cannot carry or a field named after a secret: both are bugs of the caller, and their
 *   transaction must roll back.
 */
export function toEventBody(scope: Scope, event: AuditEvent): string {
  const body = canonicalize({
    v: 1,
    action: event.action,
    actor: toActor(scope.actor),
    requestId: cleanText(scope.requestId, TEXT_CHARS_MAX),
    tenantId: event.tenantId?.toLowerCase(),
    changeId: event.changeId?.toLowerCase(),
    target: cleanText(event.target, TARGET_CHARS_MAX),
    result: cleanOptional(event.result),
    reason: cleanOptional(event.reason),
    ticket: cleanOptional(event.ticket),
    before: cleanValues(event.before),
    after: cleanValues(event.after),
    details: cleanValues(event.details),
  });
  if (body === undefined) throw new Error("The event has no canonical JSON form.");
  return body;
}

function toActor(actor: Scope["actor"]) {
  const { kind, id } = actor;
  const name = cleanText(actor.name, TARGET_CHARS_MAX);
  if (actor.kind === "system") return { kind, id, name };
  return { kind, id, name, role: actor.role, address: cleanText(actor.address, TARGET_CHARS_MAX) };
}

function cleanOptional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanText(text, TEXT_CHARS_MAX);
}

function cleanValues(values: EventValues | undefined): EventValues | undefined {
  if (values === undefined) return undefined;
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [checkName(name), cleanValue(value)]));
}

function cleanValue(value: unknown): unknown {
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") return cleanText(value, TEXT_CHARS_MAX);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : cleanValue(item)));
  if (isPlainObject(value)) return cleanValues(value);
  throw new Error(`An event cannot carry a ${typeof value}.`);
}

function checkName(name: string): string {
  if (SECRET_NAME.test(name) && !TELLABLE_NAME.test(name))
    throw new Error(`An event must not carry a field named ${JSON.stringify(name)}: it names a secret.`);
  return cleanText(name, TARGET_CHARS_MAX);
}

/**
 * Control characters would break lines and terminals, bidirectional ones make a name read as another (CVE-2021-42574),
 * and PostgreSQL's jsonb refuses NUL and lone surrogates.
 */
function cleanText(text: string, charsMax: number): string {
  const line = text.replace(/\p{Cc}+/gu, " ").replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
  return line
    .trim()
    .toWellFormed()
    .slice(0, charsMax)
    .replace(/[\ud800-\udbff]$/, "");
}

function isPlainObject(value: unknown): value is EventValues {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
