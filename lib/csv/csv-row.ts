export type Delimiter = "," | ";" | "\t" | "|";
/** One row of a file. `seq` is its number in a spreadsheet, which counts the header and blank rows too. */
export type CsvRow = { seq: number; cells: string[] };
