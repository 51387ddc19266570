import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { AppError } from "@/lib/errors";
import { toColumnNames } from "@/lib/csv/column-names";
import { decodeText } from "@/lib/csv/decode-text";
import { detectDelimiter, versionLine } from "@/lib/csv/detect-delimiter";
import type { EncodingName } from "@/lib/csv/encodings";
import { isSecretHeader } from "@/lib/csv/secret-header";
import { blockCharsMax, blockRowsMax, type CsvLimits, csvLimits } from "@/lib/csv/limits";
import { unguardCell } from "@/lib/csv/safe-cell";
import type { CsvRow, Delimiter } from "@/lib/csv/csv-row";

export type OpenCsv = {
  columns: string[];
  delimiter: Delimiter;
  /** Rows that are not blank, in blocks; reading continues only as they are consumed. Iterate once. */
  blocks: AsyncGenerator<CsvRow[]>;
  /** Known at the latest when the last block was consumed. */
  encoding: () => EncodingName;
};

/** Characters to inspect for the delimiter. */
const headChars = 64 * 1024;

type OpenOptions = { encoding: EncodingName | null; delimiter: Delimiter | null; limits?: CsvLimits };

/**
 * Reads a CSV file as it arrives; memory holds a few pieces of it and one block of rows. The guard against formulas
 * is removed from each cell, and the cells of a password column are blanked: Rollcall stores no passwords.
 * @param encoding null to detect it
 * @param delimiter null to detect it
 * @throws AppError invalid for files that are no CSV, have no rows or exceed a limit; so do the blocks
 */
export async function readCsv(
  bytes: AsyncIterable<Uint8Array>,
  { encoding, delimiter, limits = csvLimits }: OpenOptions,
): Promise<OpenCsv> {
  let settled: EncodingName = encoding ?? "utf-8";
  const text = decodeText(limitBytes(bytes, limits.bytesMax), encoding, (found) => (settled = found));
  const { head, isWhole } = await takeHead(text);
  const found = detectDelimiter(head, isWhole);
  const sign = delimiter ?? found.delimiter;
  const records = toRecords(concat(head.slice(found.skip), text), sign, limits);
  const header = await takeHeader(records, limits);
  const { columns } = header;
  return { columns, delimiter: sign, blocks: toBlocks(records, header, limits), encoding: () => settled };
}

async function* limitBytes(bytes: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const piece of bytes) {
    total += piece.length;
    if (total > bytesMax) {
      throw tooLarge(`The file is larger than ${Math.floor(bytesMax / 1024 / 1024)} MB`);
    }
    yield piece;
  }
}

async function takeHead(text: AsyncGenerator<string>): Promise<{ head: string; isWhole: boolean }> {
  let head = "";
  while (head.length < headChars) {
    const next = await text.next();
    if (next.done) return { head, isWhole: true };
    head += next.value;
  }
  return { head, isWhole: false };
}

async function* concat(head: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}

async function* toRecords(
  text: AsyncGenerator<string>,
  delimiter: Delimiter,
  { columnsMax, cellCharsMax }: CsvLimits,
): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    // Without this limit, an unclosed quote would read the rest of the file into memory as one cell.
    max_record_size: columnsMax * cellCharsMax,
  });
  pipeline(Readable.from(text, { objectMode: true, highWaterMark: 1 }), parser, ignoreEnd);
  try {
    for await (const record of parser) yield record as string[];
  } catch (error) {
    throw error instanceof CsvError ? toRefusal(error) : error;
  }
}

/** Errors of the pipeline surface from the parser, which is what we read. */
function ignoreEnd(): void {}

/** The parser counts complete records, so the broken one is the next. */
function toRefusal({ code, records }: CsvError): AppError {
  const where = records ? `row ${Number(records) + 1}` : "the header";
  if (code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE") {
    return new AppError(
      "invalid",
      `A quote opens in ${where} and never closes, so the end of the row is unknown. Nothing was kept. Close it, or choose another delimiter, and upload the file again.`,
    );
  }
  return new AppError(
    "invalid",
    `The quotes in ${where} do not match. Nothing was kept. Correct that row, or choose another delimiter, and upload the file again.`,
  );
}

type Header = {
  columns: string[];
  /** A bulk template of Microsoft, whose first line is its version and whose first row is an example. */
  isTemplate: boolean;
  /** Its row's number in a spreadsheet. */
  seq: number;
};

/** A file refused here was not read to its end, so close it. */
async function takeHeader(records: AsyncGenerator<string[]>, limits: CsvLimits): Promise<Header> {
  try {
    return await findHeader(records, limits);
  } catch (error) {
    await records.return(undefined);
    throw error;
  }
}

async function findHeader(records: AsyncGenerator<string[]>, limits: CsvLimits): Promise<Header> {
  let isTemplate = false;
  for (let seq = 1; ; seq++) {
    const next = await records.next();
    if (next.done) throw new AppError("invalid", "The file is empty. Nothing was read. Choose another file.");
    // Check this before naming columns: finding free names for a million equal headers would take too long.
    if (next.value.findLastIndex((cell) => cell.trim() !== "") >= limits.columnsMax) {
      throw tooLarge(`The file has more than ${limits.columnsMax} columns`);
    }
    if (versionLine.test(next.value.join(""))) {
      isTemplate = true;
      continue;
    }
    const columns = toColumnNames(next.value);
    if (columns.length > 0) return { columns, isTemplate, seq };
  }
}

async function* toBlocks(
  records: AsyncGenerator<string[]>,
  { columns, isTemplate, seq: headerSeq }: Header,
  limits: CsvLimits,
): AsyncGenerator<CsvRow[]> {
  const secret = columns.map(isSecretHeader);
  let block: CsvRow[] = [];
  let chars = 0;
  let seq = headerSeq;
  for await (const record of records) {
    seq++;
    const cells = toCells(record, secret, limits.columnsMax);
    if (cells.every((cell) => cell.trim() === "")) continue;
    if (isTemplate && cells[0]?.startsWith("Example:")) continue;
    if (seq - headerSeq > limits.rowsMax) throw tooLarge(`The file has more than ${limits.rowsMax} rows`);
    const long = cells.findIndex((cell) => cell.length > limits.cellCharsMax);
    if (long >= 0) throw tooLong(seq, columns[long], limits.cellCharsMax);
    block.push({ seq, cells });
    chars += cells.reduce((sum, cell) => sum + cell.length, 0);
    if (block.length < blockRowsMax && chars < blockCharsMax) continue;
    yield block;
    block = [];
    chars = 0;
  }
  if (block.length > 0) yield block;
}

/**
 * Blank cells beyond the header's columns come from the spreadsheet, not the row. One extra value is enough to see
 * that the row is ragged. In a row with extra cells a secret may stand as many columns further on.
 */
function toCells(record: readonly string[], secret: readonly boolean[], columnsMax: number): string[] {
  const last = record.findLastIndex((cell) => cell.trim() !== "");
  const end = Math.min(Math.max(last + 1, Math.min(record.length, secret.length)), columnsMax + 1);
  const extra = Math.max(0, last + 1 - secret.length);
  const isSecret = (index: number) => secret.slice(Math.max(0, index - extra), index + 1).includes(true);
  return record.slice(0, end).map((cell, index) => (isSecret(index) ? "" : unguardCell(cell)));
}

function tooLarge(cause: string): AppError {
  return new AppError(
    "invalid",
    `${cause}. Nothing was kept. Split the file, and import the parts one by one.`,
  );
}

function tooLong(seq: number, column: string | undefined, charsMax: number): AppError {
  const where = column === undefined ? `Row ${seq}` : `Row ${seq}, column “${column}”,`;
  return new AppError(
    "invalid",
    `${where} holds a cell of more than ${charsMax.toLocaleString("en-GB")} characters. Nothing was kept. Close an open quote there, or shorten the cell, and upload the file again.`,
  );
}
