import type { Delimiter } from "@/lib/csv/csv-row";

export const delimiters: readonly Delimiter[] = [",", ";", "\t", "|"];

/** The first line of Microsoft's bulk templates names their version, and may have no delimiter. */
export const versionLine = /^version:v[\d.]+[,;\t| ]*(?:\r\n|\n|\r|$)/i;

/** Lines to inspect; the first few show a list's shape. */
const linesMax = 50;

/**
 * Detects the delimiter: the one that occurs equally often in the most lines, and of those the one that makes the
 * most cells. Quoted text is ignored. A first line `sep=;` names it (Excel).
 * @param head the beginning of the file
 * @param isWhole whether it is the whole file; otherwise its last line may be cut and is ignored
 * @returns the delimiter, a comma where there is one column, and how many characters of the head declare it
 */
export function detectDelimiter(head: string, isWhole: boolean): { delimiter: Delimiter; skip: number } {
  const said = /^sep=([,;\t|])(?:\r\n|\n|\r)/i.exec(head);
  const sign = delimiters.find((delimiter) => delimiter === said?.[1]);
  if (said && sign) return { delimiter: sign, skip: said[0].length };
  const lines = countInLines(head.replace(versionLine, ""), isWhole);
  const scores = delimiters.map((delimiter, index) => ({
    delimiter,
    ...scoreOf(lines.map((counts) => counts[index] ?? 0)),
  }));
  const best = scores
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.agreeing - a.agreeing || b.count - a.count)[0];
  return { delimiter: best?.delimiter ?? ",", skip: 0 };
}

/** How often the header holds it, and how many lines hold it as often. */
function scoreOf(counts: readonly number[]): { count: number; agreeing: number } {
  const count = counts[0] ?? 0;
  return { count, agreeing: counts.filter((each) => each === count).length };
}

/** Counts each delimiter outside quotes in every line that is not blank. */
function countInLines(head: string, isWhole: boolean): number[][] {
  const lines: number[][] = [];
  let counts = delimiters.map(() => 0);
  let isQuoted = false;
  // A quote opens at a cell's start, and again right after it closed: "" inside quotes is one quote.
  let mayOpen = true;
  let isBlank = true;
  for (const sign of head) {
    const index = delimiters.indexOf(sign as Delimiter);
    const isLineEnd = sign === "\n" || sign === "\r";
    if (sign === '"') {
      const opens: boolean = !isQuoted && mayOpen;
      mayOpen = isQuoted;
      isQuoted = opens;
    } else {
      mayOpen = !isQuoted && (index >= 0 || isLineEnd);
      if (!isQuoted && index >= 0) counts[index] = (counts[index] ?? 0) + 1;
    }
    if (isLineEnd && !isQuoted && !isBlank) {
      lines.push(counts);
      if (lines.length === linesMax) return lines;
      counts = delimiters.map(() => 0);
    }
    isBlank = isLineEnd && !isQuoted;
  }
  if (!isBlank && (isWhole || lines.length === 0)) lines.push(counts);
  return lines;
}
