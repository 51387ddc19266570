/**
 * The median; of an even number of values, the mean of the two in the middle. A single run that other work slowed down
 * does not change it.
 * @throws RangeError without values
 */
export function median(values: readonly number[]): number {
  const [low, high] = [Math.ceil(values.length / 2), Math.floor(values.length / 2) + 1];
  return (rank(values, low) + rank(values, high)) / 2;
}

/**
 * The smallest value that at least `percent` of all values do not exceed (nearest rank); always a measured one.
 * @throws RangeError without values
 */
export function percentile(values: readonly number[], percent: number): number {
  return rank(values, Math.max(1, Math.ceil((percent / 100) * values.length)));
}

/** The value at `place` in ascending order, counted from 1. */
function rank(values: readonly number[], place: number): number {
  const value = values.toSorted((a, b) => a - b)[place - 1];
  if (value === undefined) throw new RangeError("Nothing was measured");
  return value;
}
