import { unguardCell } from "@/lib/csv/safe-cell";

/** The column that we add to a file of rows to repair; it is dropped when that file returns. */
export const repairColumn = "What to repair (Rollcall)";

const nameCharsMax = 120;

/**
 * Names a file's columns: each by its header, or "Column 7" where that is blank; a repeated name gets a number.
 * Trailing blank headers are no columns: spreadsheets leave them behind.
 */
export function toColumnNames(header: readonly string[]): string[] {
  const names = header.map(toName);
  const last = names.findLastIndex((name) => name !== "");
  const taken = new Set<string>();
  return names.slice(0, last + 1).map((name, index) => {
    const unique = findFree(name || `Column ${index + 1}`, taken);
    taken.add(unique.toLowerCase());
    return unique;
  });
}

function toName(cell: string): string {
  const text = unguardCell(cell)
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return [...text].slice(0, nameCharsMax).join("");
}

function findFree(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name} (${number})`;
  return free;
}
