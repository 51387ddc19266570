/** A tenant's rate as its row stores it, in requests a second; null means no limit. */
export type RateRecord = {
  rate: number | null;
  /** The rate that operators allow. */
  rateMax: number | null;
  /** Time since the rate last moved, by the database's clock, which all workers share. */
  cleanMs: number;
};

/** At a lower rate, a tenant of a few hundred people would not finish in a night. */
export const RATE_MIN = 0.2;

/** The rate assumed for a tenant without a limit when too little was sent to measure. */
const RATE_FIRST = 2;

/** A factor of 13,780: more than the ratio of any allowed rate to the minimum. */
const MINUTES_MAX = 100;

/**
 * The current rate: a tenth more for each whole minute without a 429, up to the operators' limit. KnowBe4 does not
 * publish its SCIM limit, so it is searched for: up slowly, down at once (AIMD, as TCP does). Idle minutes count too:
 * the other side's bucket has refilled meanwhile.
 */
export function raisedRate({ rate, rateMax, cleanMs }: RateRecord): number | null {
  if (rate === null) return null;
  const minutes = Math.min(MINUTES_MAX, Math.floor(Math.max(0, cleanMs) / 60_000));
  return Math.min(rateMax ?? Number.POSITIVE_INFINITY, rate * 1.1 ** minutes);
}

/**
 * The rate after a 429: half of what it was, and never below the minimum.
 * @param measured requests a second that led to the 429, for a tenant without a limit.
 */
export function halvedRate(record: RateRecord, measured: number | null): number {
  return Math.max(RATE_MIN, (raisedRate(record) ?? measured ?? RATE_FIRST) / 2);
}
