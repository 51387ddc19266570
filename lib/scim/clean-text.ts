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
  const longest = Math.max(...spellings.map(({ length }) => length));
  const pattern = new RegExp(spellings.map(escapePattern).join("|"), "gi");
  return function clean(text, charsMax) {
    const start = text.slice(0, READ_CHARS);
    const line = start.replace(/\s+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "");
    const tokenless = line.replace(pattern, "[token]");
    // The cut may have halved a token, which the pattern then does not find.
    const shown = start === text ? tokenless : tokenless.slice(0, -longest);
    return shown.trim().slice(0, charsMax).toWellFormed();
  };
}

/** What is read of a text: far more than is shown, and little enough that no text takes long. */
const READ_CHARS = 16_384;

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
