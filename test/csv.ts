import { type OpenCsv, readCsv } from "@/lib/csv/read-csv";
import type { CsvRow } from "@/lib/csv/csv-row";

type Options = Parameters<typeof readCsv>[1];

/** Bytes in pieces of a fixed size, as a network delivers them. */
export async function* inPieces(bytes: Uint8Array, pieceBytes = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** A whole file at once. */
export async function readWhole(
  file: string | Uint8Array,
  options: Partial<Options> & { pieceBytes?: number } = {},
): Promise<Pick<OpenCsv, "columns" | "delimiter"> & { encoding: string; rows: CsvRow[] }> {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const { pieceBytes, ...given } = options;
  const csv = await readCsv(inPieces(bytes, pieceBytes), { encoding: null, delimiter: null, ...given });
  const rows: CsvRow[] = [];
  for await (const block of csv.blocks) rows.push(...block);
  return { columns: csv.columns, delimiter: csv.delimiter, encoding: csv.encoding(), rows };
}

/** Generates `rows` people of a domain, one row a call, and counts the rows requested so far. */
export function makePeople(rows: number, domain: string) {
  const made = { count: 0 };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode("Email;Vorname;Nachname;Abteilung;Gruppen;Status\r\n");
    for (let from = 0; from < rows; from += 100) {
      const lines = Array.from({ length: Math.min(100, rows - from) }, (_, index) =>
        toLine(from + index, domain),
      );
      made.count += lines.length;
      yield encoder.encode(lines.join(""));
    }
  }
  return { bytes: bytes(), made };
}

function toLine(index: number, domain: string): string {
  return `person.${index}@${domain};Jürgen;"Müller ""${index}""";Büro ${index % 40};Alle|Team ${index % 7};aktiv\r\n`;
}
