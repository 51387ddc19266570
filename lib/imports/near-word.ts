/** Shorter words are near too many others. */
const CHARS_MIN = 5;

/** From this length on, two slips still leave the word clear. */
const LONG_CHARS = 8;

/** Whether a word is another one with a slip of the keyboard: a letter too many, too few, wrong, or two swapped. */
export function isNearWord(typed: string, word: string): boolean {
  const length = Math.min(typed.length, word.length);
  if (length < CHARS_MIN) return false;
  const slipsMax = length < LONG_CHARS ? 1 : 2;
  return Math.abs(typed.length - word.length) <= slipsMax && countSlips(typed, word) <= slipsMax;
}

/** The optimal string alignment distance: Levenshtein's, where swapping two neighbours is one slip. */
function countSlips(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(last, j) + 1,
        at(row, j - 1) + 1,
        at(last, j - 1) + (isSame ? 0 : 1),
        isSwapped ? at(before, j - 2) + 1 : Infinity,
      );
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
