import { stringify } from "csv-stringify/sync";
import { guardCell } from "@/lib/csv/safe-cell";

/** Tells a spreadsheet that what follows is UTF-8; without it Excel reads its own code page. */
export const byteOrderMark = "\uFEFF";

/**
 * Rows as RFC 4180 writes them, every cell guarded against being run as a formula. Cells with any sign that some
 * program takes for a delimiter are quoted, so that a comma is found to be this file's.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((cells) => cells.map(guardCell)),
    { record_delimiter: "\r\n", quoted_match: /[,;\t|\r\n"]/ },
  );
}
