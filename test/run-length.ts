/** How many times as many cases the long run tries; `npm run test:long` sets it. */
const factor = Number(process.env.PROPERTY_FACTOR || "1");

/** What differs by the length of the run: a part in `npm test`, all of it in `npm run test:long`. */
export function sizeOf<T>({ short, long }: { short: T; long: T }): T {
  return factor > 1 ? long : short;
}

/** How many cases a property tries: as many as given, and a multiple of them in the long run. */
export function propertyRuns(count: number): number {
  return count * factor;
}
