import { z } from "zod";

/** Rows of cells, a page at a time. */
export type CsvPages = AsyncIterable<readonly (readonly string[])[]>;

/** A list for export. The function that reads it has authorized the reader. */
export type CsvList = {
  header: readonly string[];
  pages: CsvPages;
  /** The file's name, after "rollcall". */
  name: string;
  tenantId?: string;
  changeId?: string;
};

/**
 * The query of an export's URL. A list refuses what is no filter of its own: the export's event names the filters, and
 * an unknown one would give a part of the list that was meant to be narrower.
 */
export type CsvQuery = Readonly<Record<string, string>>;

export const text = z.string().trim().max(200).optional();
export const uuid = z.uuid();

/** Pages by key: each call gets the `next` of the one before. */
export async function* pagesOf<Row, Key>(
  read: (after: Key | undefined) => Promise<{ rows: readonly Row[]; next: Key | null }>,
  toCells: (row: Row) => readonly string[],
): CsvPages {
  for (let after: Key | undefined; ; ) {
    const { rows, next } = await read(after);
    yield rows.map(toCells);
    if (next === null) return;
    after = next;
  }
}

/** One page, for a list short enough to be read at once. */
export async function* onePage(rows: readonly (readonly string[])[]): CsvPages {
  yield rows;
}
