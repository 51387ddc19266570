/**
 * A spreadsheet runs a cell that begins with one of these as a formula, spaces before it or not (OWASP, "CSV
 * Injection": = + - @, tab and line ends, and the full-width forms that some programs fold to them). Quotes before it
 * count too, so that taking one away undoes exactly what adding one did.
 */
const formula = /^'*\s*[=+\-@\t\r\n＝＋－＠]/;

/** A cell as it may be written to a CSV: one apostrophe before what a spreadsheet would run. */
export function guardCell(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** A cell as it was meant: the apostrophe that guardCell, or a person in a spreadsheet, put before it is gone. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
