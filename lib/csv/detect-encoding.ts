import type { EncodingName } from "@/lib/csv/encodings";

/** Bytes, with something other than ASCII among them, to inspect before deciding on an encoding. */
export const windowBytes = 64 * 1024;

/**
 * Detects the encoding: by byte order mark, else UTF-16 by its zero bytes, else UTF-8 where valid, else windows-1252,
 * which Western spreadsheets write. (Excel's "CSV" uses the machine's own code page and does not name it.)
 * @returns null while everything is ASCII, which nearly every encoding reads alike: look again further on
 */
export function detectEncoding(bytes: Uint8Array): EncodingName | null {
  const marked = readMark(bytes);
  if (marked) return marked;
  const wide = detectUtf16(bytes);
  if (wide) return wide;
  if (bytes.every((byte) => byte < 0x80)) return null;
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

function readMark([first, second, third]: Uint8Array): EncodingName | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return null;
}

/** Delimiters, line ends and Latin letters have a zero in one half of each pair and hardly any in the other. */
function detectUtf16(bytes: Uint8Array): EncodingName | null {
  const pairs = Math.floor(bytes.length / 2);
  if (pairs < 2) return null;
  const zeros = [0, 0];
  for (let index = 0; index < pairs * 2; index++) {
    if (bytes[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [high = 0, low = 0] = zeros.map((count) => count / pairs);
  if (low > 0.3 && high < 0.05) return "utf-16le";
  return high > 0.3 && low < 0.05 ? "utf-16be" : null;
}

/** The last character may be cut in half. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
