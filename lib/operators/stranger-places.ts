import { addressKey } from "@/lib/operators/throttle";

/* Whoever tries from a device that never signed in is a stranger. Each try takes 64 MiB and a tenth of a second of the
   processor, so in each web process few strangers are under way and the others are refused at once, uncounted: a queue
   of strangers would make everybody wait. */

/** Tries by strangers under way in one web process. */
export const strangersAtOnce = 16;
/** Of those, tries from one network address: one alone cannot take all places. */
const fromOneAddress = 4;

const underWay = new Map<string, number>();
let total = 0;

/**
 * Takes a place for a stranger's try.
 * @returns gives the place back, to be called once; null when all places are taken
 */
export function takeStrangerPlace(address: string): (() => void) | null {
  const source = addressKey(address);
  const here = underWay.get(source) ?? 0;
  if (total >= strangersAtOnce || here >= fromOneAddress) return null;
  total += 1;
  underWay.set(source, here + 1);
  return () => {
    total -= 1;
    const left = (underWay.get(source) ?? 1) - 1;
    if (left === 0) underWay.delete(source);
    else underWay.set(source, left);
  };
}
