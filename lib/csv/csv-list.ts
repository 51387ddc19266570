import { z } from "zod";

/** Rows of cells, a page at a time. */
export type CsvPages = AsyncIterable<readonly (readonly string[])[]>;

/** A list as it leaves: who may read it was asked by what it reads. */
export type CsvList = {
  header: readonly string[];
  pages: CsvPages;
  /** What the file is called, after "rollcall". */
  name: string;
  tenantId?: string;
  changeId?: string;
};

/** What the address asks for: the names of the list's own filters, or nothing. */
export type CsvQuery = Readonly<Record<string, string>>;

export const text = z.string().trim().max(200).optional();
export const uuid = z.uuid();

/** Pages by key: each call is given what the one before called its next. */
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

/** A list that is short enough to be read at once. */
export async function* onePage(rows: readonly (readonly string[])[]): CsvPages {
  yield rows;
}
