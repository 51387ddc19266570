/**
 * The delay that a server asks for, in milliseconds; undefined when it names none that is usable.
 *
 * Reads Retry-After as seconds or as an HTTP date (RFC 9110 section 10.2.3), then X-Retry-After, which some gateways
 * send instead. Clamped to 1 s–15 min: a past date means "now", which is 1 s, and after "a day" we try sooner,
 * because the server's clock may be wrong.
 */
export function parseRetryAfter(headers: RetryAfterHeaders, now: Date): number | undefined {
  return parseDelay(headers["retry-after"], now) ?? parseDelay(headers["x-retry-after"], now);
}

export type RetryAfterHeaders = Readonly<Record<string, string | string[] | undefined>>;

export const retryAfterMinMs = 1_000;
export const retryAfterMaxMs = 15 * 60_000;

function parseDelay(header: string | string[] | undefined, now: Date): number | undefined {
  const value = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return clamp(Number(value) * 1_000);
  // Date.parse accepts almost anything ("5 minutes" is May 2001), so only text in the form of an HTTP date reaches it.
  if (!/^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}/.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : clamp(at - now.getTime());
}

function clamp(delayMs: number): number {
  return Math.min(retryAfterMaxMs, Math.max(retryAfterMinMs, delayMs));
}
