/**
 * What can go wrong with a SCIM exchange, as six classes named by what the caller must do next.
 *
 * An error is data: `kind` and `reason` are for code, `message` and `detail` for people. None keeps a `cause`,
 * because what a dispatcher or a server hands back may hold the request's headers. Errors carry no token and no
 * Authorization header, whatever prints them (message, toString, JSON, inspect).
 */
abstract class ScimError extends Error {
  abstract readonly kind: ScimErrorKind;
  /** HTTP status, or null when no answer came. */
  readonly status: number | null;
  readonly method: string;
  /** Path with query, relative to the base URL. The query may hold a person's address. */
  readonly path: string;
  /** At most 300 characters, without control characters and without the token. */
  readonly detail: string;
  /** The server's id of this exchange, from X-Request-Id and its relatives. */
  readonly requestId: string | null;
  readonly sent: ScimSent;

  constructor(facts: ScimErrorFacts) {
    const path = facts.path.split("?", 1)[0] ?? "";
    const outcome = facts.status === null ? "failed" : `answered ${facts.status}`;
    super(`${facts.method} ${path} ${outcome}: ${facts.detail}`);
    this.status = facts.status;
    this.method = facts.method;
    this.path = facts.path;
    this.detail = facts.detail;
    this.requestId = facts.requestId;
    this.sent = facts.sent;
    Object.defineProperty(this, brand, { value: true });
  }
}

/**
 * How far the request got. "no": surely not sent, safe to repeat. "maybe": written to a socket without an answer,
 * so it may have taken effect. "answered": a status came; with a 2xx status the write was accepted even though
 * the answer could not be used.
 */
export type ScimSent = "no" | "maybe" | "answered";

export type ScimErrorFacts = {
  status: number | null;
  method: string;
  path: string;
  detail: string;
  requestId: string | null;
  sent: ScimSent;
};

type ScimErrorKind = "transient" | "conflict" | "not-found" | "invalid" | "auth" | "protocol";

export type ScimTransientReason =
  | "network"
  | "timeout"
  | "aborted"
  | "rate-limited"
  | "precondition"
  | "server";

/**
 * Try again later: no connection, time-out, 408, 425, 429, 5xx, and 412, whose precondition depends on a changing
 * state. An abort by the caller's own signal is one too (`reason: "aborted"`), because only `sent` says what it left
 * behind; the signal keeps its own reason.
 */
export class ScimTransientError extends ScimError {
  override readonly name = "ScimTransientError";
  readonly kind = "transient";
  readonly reason: ScimTransientReason;
  /** The delay that the server asked for, clamped to 1 s–15 min. Undefined when it asked for none. */
  readonly retryAfterMs: number | undefined;

  constructor(facts: ScimErrorFacts & { reason: ScimTransientReason; retryAfterMs?: number }) {
    super(facts);
    this.reason = facts.reason;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** 409: look the resource up, and link it or stop for a decision. Many servers leave `scimType` out. */
export class ScimConflictError extends ScimError {
  override readonly name = "ScimConflictError";
  readonly kind = "conflict";
  readonly scimType: string | null;

  constructor(facts: ScimErrorFacts & { scimType: string | null }) {
    super(facts);
    this.scimType = facts.scimType;
  }
}

/** 404 or 410: the linked resource is gone, or the base URL is not a SCIM root. */
export class ScimNotFoundError extends ScimError {
  override readonly name = "ScimNotFoundError";
  readonly kind = "not-found";
}

/**
 * The same request can never succeed: 400, 405, 413, 415, 422, 501 and every other 4xx. 428 is here and not with
 * 412: it asks for an ETag with every write, which this client does not send.
 */
export class ScimInvalidError extends ScimError {
  override readonly name = "ScimInvalidError";
  readonly kind = "invalid";
  readonly scimType: string | null;

  constructor(facts: ScimErrorFacts & { scimType: string | null }) {
    super(facts);
    this.scimType = facts.scimType;
  }
}

/** 401 or 403: the server rejects the token. Stop, and ask for another. */
export class ScimAuthError extends ScimError {
  override readonly name = "ScimAuthError";
  readonly kind = "auth";
}

export type ScimProtocolReason =
  | "redirect"
  | "tls"
  | "egress"
  | "not-scim"
  | "too-large"
  | "incomplete-listing"
  | "filter-ignored"
  | "other-resource";

/** The other side is not a SCIM server, or cannot be trusted with the token. */
export class ScimProtocolError extends ScimError {
  override readonly name = "ScimProtocolError";
  readonly kind = "protocol";
  readonly reason: ScimProtocolReason;

  constructor(facts: ScimErrorFacts & { reason: ScimProtocolReason }) {
    super(facts);
    this.reason = facts.reason;
  }
}

export type ScimFailure =
  | ScimTransientError
  | ScimConflictError
  | ScimNotFoundError
  | ScimInvalidError
  | ScimAuthError
  | ScimProtocolError;

/** True for the six classes, also when a bundler made a second copy of this file. Narrow further by `kind`. */
export function isScimError(error: unknown): error is ScimFailure {
  return error instanceof Error && brand in error;
}

const brand = Symbol.for("scim-client.error");
