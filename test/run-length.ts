/** How many times as many cases the long run tries; `npm run test:long` sets it. */
const factor = Number(process.env.PROPERTY_FACTOR || "1");

/** The size of what has one for each run: less in `npm test`, all of it in `npm run test:long`. */
export function sizeOf({ short, long }: { short: number; long: number }): number {
  return factor > 1 ? long : short;
}

/** How many cases a property tries: as many as given, and a multiple of them in the long run. */
export function propertyRuns(count: number): number {
  return count * factor;
}
