/**
 * The middle of the values; of an even number, the mean of the two in the middle. One run that something else on the
 * machine slowed down does not move it.
 * @throws RangeError without values
 */
export function median(values: readonly number[]): number {
  const [low, high] = [Math.ceil(values.length / 2), Math.floor(values.length / 2) + 1];
  return (rank(values, low) + rank(values, high)) / 2;
}

/**
 * The smallest value that at least `percent` of all values do not exceed (nearest rank): one that was measured.
 * @throws RangeError without values
 */
export function percentile(values: readonly number[], percent: number): number {
  return rank(values, Math.max(1, Math.ceil((percent / 100) * values.length)));
}

/** The value that is `place`-th from below, counted from 1. */
function rank(values: readonly number[], place: number): number {
  const value = values.toSorted((a, b) => a - b)[place - 1];
  if (value === undefined) throw new RangeError("Nothing was measured");
  return value;
}
