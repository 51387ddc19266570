/**
 * One HTTP exchange, for a caller's records. Reported exactly once for each exchange begun, also when it failed. It
 * holds neither the token nor any header.
 */
export type ScimExchange = {
  method: string;
  /** With the query, relative to the base URL. */
  path: string;
  requestBody: string | null;
  /** Null when no answer came. */
  status: number | null;
  /** Cleaned, at most 2,000 characters, the token scrubbed even where the server echoed it. */
  responseBody: string | null;
  requestId: string | null;
  startedAt: Date;
  durationMs: number;
  /** The message of the error the call ended with. */
  error: string | null;
};

/** The last argument of every call. */
export type ScimContext = {
  signal?: AbortSignal;
  /** Runs before the call settles. It must not throw: what it throws replaces the call's own outcome. */
  onExchange?: (exchange: ScimExchange) => void;
};
