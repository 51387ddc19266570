/**
 * Cleans text from a server for storing and showing: no control or invisible characters, one line, no token, at most
 * `charsMax` characters. A hostile server may echo the Authorization header to have it shown or logged.
 */
export type TextCleaner = (text: string, charsMax: number) => string;

/**
 * Builds a cleaner for one token, in the spellings a server may echo: plain, percent-encoded, JSON-escaped and
 * base64. Invisible characters are removed first, or they would hide a token from the search.
 */
export function createTextCleaner(token: string): TextCleaner {
  const spellings = [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1), btoa(token)];
  const pattern = new RegExp(spellings.map(escapePattern).join("|"), "gi");
  return function clean(text, charsMax) {
    const line = text.replace(/\s+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "");
    return line.replace(pattern, "[token]").trim().slice(0, charsMax).toWellFormed();
  };
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
