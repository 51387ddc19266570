/** The factor of cases in the long run; `npm run test:long` sets it. */
const factor = Number(process.env.PROPERTY_FACTOR || "1");

/** Picks by the length of the run: a part in `npm test`, all of it in `npm run test:long`. */
export function sizeOf<T>({ short, long }: { short: T; long: T }): T {
  return factor > 1 ? long : short;
}

/** The number of cases of a property: as given, and a multiple of it in the long run. */
export function propertyRuns(count: number): number {
  return count * factor;
}
