import { stringify } from "csv-stringify/sync";
import { guardCell } from "@/lib/csv/safe-cell";

/** Marks the file as UTF-8; without it Excel reads its own code page. */
export const byteOrderMark = "\uFEFF";

/**
 * Formats rows by RFC 4180, with every cell guarded against running as a formula. Cells with any character that some
 * program takes for a delimiter are quoted, so that programs detect the comma.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((cells) => cells.map(guardCell)),
    { record_delimiter: "\r\n", quoted_match: /[,;\t|\r\n"]/ },
  );
}
