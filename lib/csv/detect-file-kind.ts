/** Names a file that is not text, in words that finish "This is …"; null for possible text. */
export function detectFileKind(head: Uint8Array): string | null {
  const starts = Buffer.from(head.subarray(0, 8)).toString("latin1");
  return kinds.find(([mark]) => starts.startsWith(mark))?.[1] ?? null;
}

/** First bytes of files that people pick by mistake: .xlsx and .zip, .xls, .pdf, .gz, a picture. */
const kinds: readonly (readonly [mark: string, kind: string])[] = [
  ["PK\x03\x04", "an Excel workbook or a zip archive"],
  ["\xd0\xcf\x11\xe0", "an old Excel workbook"],
  ["%PDF", "a PDF"],
  ["\x1f\x8b", "a compressed file"],
  ["\x89PNG", "a picture"],
  ["\xff\xd8\xff", "a picture"],
];
