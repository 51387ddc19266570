/**
 * A spreadsheet runs a cell that begins with one of these as a formula, with or without leading spaces (OWASP, "CSV
 * Injection": = + - @, tab and line ends, and the full-width forms that some programs fold to them). Leading quotes
 * count too, so that removing one undoes exactly what adding one did.
 */
const formula = /^'*\s*[=+\-@\t\r\n＝＋－＠]/;

/** Guards a cell for a CSV: puts an apostrophe before text that a spreadsheet would run. */
export function guardCell(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** Removes the apostrophe that guardCell, or a person in a spreadsheet, put before a cell. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
