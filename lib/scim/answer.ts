import { z } from "zod";
import {
  ScimAuthError,
  ScimConflictError,
  type ScimErrorFacts,
  type ScimFailure,
  ScimInvalidError,
  ScimNotFoundError,
  ScimProtocolError,
  ScimTransientError,
} from "@/lib/scim/errors";
import { parseRetryAfter, type RetryAfterHeaders } from "@/lib/scim/retry-after";

/** A complete HTTP answer. `json` is undefined when the body is empty or does not parse. */
export type Answer = {
  status: number;
  headers: RetryAfterHeaders;
  text: string;
  json: unknown;
};

/** What an answer that is no 2xx means. The status decides: bodies are absent, HTML or untrue. */
export function toStatusFailure(
  answer: Answer,
  facts: Omit<ScimErrorFacts, "detail">,
  now: Date,
  clean: (text: string) => string,
): ScimFailure {
  const { status } = answer;
  const detail = clean(explain(answer)) || "No explanation was given";
  const all = { ...facts, detail };
  if (status < 400) return toRedirectFailure(answer, facts, clean);
  if (status === 401 || status === 403) return new ScimAuthError(all);
  if (status === 404 || status === 410) return new ScimNotFoundError(all);
  const scimType = clean(errorBody(answer.json)?.scimType ?? "") || null;
  if (status === 409) return new ScimConflictError({ ...all, scimType });
  const retryAfterMs = parseRetryAfter(answer.headers, now);
  if (status === 429) return new ScimTransientError({ ...all, reason: "rate-limited", retryAfterMs });
  if (status === 412) return new ScimTransientError({ ...all, reason: "precondition", retryAfterMs });
  if (status === 408) return new ScimTransientError({ ...all, reason: "timeout", retryAfterMs });
  const isServerFault = status === 425 || (status >= 500 && status !== 501);
  if (isServerFault) return new ScimTransientError({ ...all, reason: "server", retryAfterMs });
  return new ScimInvalidError({ ...all, scimType });
}

function toRedirectFailure(
  answer: Answer,
  facts: Omit<ScimErrorFacts, "detail">,
  clean: (text: string) => string,
): ScimProtocolError {
  const header = answer.headers.location;
  const location = (Array.isArray(header) ? header[0] : header)?.split(/[?#]/, 1)[0];
  const detail = clean(`Points to ${location ?? "no address"}, and redirects are not followed`);
  return new ScimProtocolError({ ...facts, reason: "redirect", detail });
}

/** The error body of RFC 7644 section 3.12, and the names other frameworks use in its place. */
const errorSchema = z.object({
  scimType: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
});

function errorBody(json: unknown) {
  return errorSchema.safeParse(json).data;
}

/** How far a page is searched for its title. A page of 600 kB of `<title` kept a worker busy for 81 s. */
const TITLE_CHARS = 4_096;

function explain({ json, text }: Answer): string {
  const body = errorBody(json);
  const said = body?.detail ?? body?.message ?? body?.error_description ?? body?.error;
  if (said) return said;
  if (json !== undefined) return "";
  if (!looksLikeHtml(text)) return text;
  const title = /<title[^>]*>([^<]{1,200})/i.exec(text.slice(0, TITLE_CHARS))?.[1];
  return title ? `A web page: ${title}` : "A web page";
}

export function looksLikeHtml(text: string): boolean {
  return /^\s*<(!doctype|html|head|body)/i.test(text);
}
