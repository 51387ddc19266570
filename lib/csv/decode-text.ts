import { AppError } from "@/lib/errors";
import { detectEncoding, windowBytes } from "@/lib/csv/detect-encoding";
import { detectFileKind } from "@/lib/csv/detect-file-kind";
import type { EncodingName } from "@/lib/csv/encodings";

/**
 * Decodes bytes to text, piece by piece. Unless it was chosen, the encoding is decided at the first window that holds
 * more than ASCII, wherever that comes. A byte that does not fit becomes U+FFFD, and so does NUL, which PostgreSQL
 * refuses.
 * @param settle called with the encoding, once, at the latest with the last piece
 * @throws AppError invalid for a workbook, a PDF and other files that are no text
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  chosen: EncodingName | null,
  settle: (encoding: EncodingName) => void,
): AsyncGenerator<string> {
  let decoder = chosen && new TextDecoder(chosen);
  let held: Uint8Array = new Uint8Array();
  let isFirst = true;
  if (chosen) settle(chosen);
  for await (const piece of bytes) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    if (held.length < (isFirst || !decoder ? windowBytes : 1)) continue;
    if (isFirst) refuseBinary(held, chosen);
    isFirst = false;
    decoder ??= settleOn(detectEncoding(held), settle);
    yield toText(decoder, held);
    held = new Uint8Array();
  }
  if (isFirst) refuseBinary(held, chosen);
  decoder ??= settleOn(detectEncoding(held) ?? "utf-8", settle);
  yield toText(decoder, held) + (decoder?.decode() ?? "");
}

function settleOn(encoding: EncodingName | null, settle: (encoding: EncodingName) => void) {
  if (encoding === null) return null;
  settle(encoding);
  return new TextDecoder(encoding);
}

/** Without a decoder all of it is ASCII. */
function toText(decoder: TextDecoder | null, bytes: Uint8Array): string {
  const text = decoder ? decoder.decode(bytes, { stream: true }) : Buffer.from(bytes).toString("latin1");
  return text.replaceAll("\0", "\uFFFD");
}

function refuseBinary(head: Uint8Array, chosen: EncodingName | null): void {
  const isWide = (chosen ?? detectEncoding(head) ?? "").startsWith("utf-16");
  const kind = detectFileKind(head) ?? (!isWide && head.includes(0) ? "no text" : null);
  if (kind === null) return;
  throw new AppError(
    "invalid",
    `This is ${kind}, not CSV. Nothing was read. Open it in the program it comes from, save it as “CSV UTF-8”, and choose that file.`,
  );
}
