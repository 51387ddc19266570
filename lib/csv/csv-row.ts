export type Delimiter = "," | ";" | "\t" | "|";
/** One row of a file. `seq` counts rows from 1 without the header, blank ones too, as a spreadsheet shows them. */
export type CsvRow = { seq: number; cells: string[] };
