/**
 * The limits of one file. KnowBe4 tenants rarely pass 100,000 people; a larger file is not a list of people and is
 * refused before it costs memory or a table.
 */
export const csvLimits = {
  bytesMax: 50 * 1024 * 1024,
  rowsMax: 200_000,
  columnsMax: 200,
  /** What a cell of Excel holds ("Excel specifications and limits"). */
  cellCharsMax: 32_767,
} as const;

export type CsvLimits = { -readonly [Name in keyof typeof csvLimits]: number };

/** Rows written with one statement, and the characters they may hold together. */
export const blockRowsMax = 1_000;
export const blockCharsMax = 4_000_000;
