/** A tenant's pace, as its row keeps it. Rates are requests a second; null means no limit. */
export type RateRecord = {
  rate: number | null;
  /** The rate that operators allow. */
  rateMax: number | null;
  /** Since the rate was last moved, counted by the database's clock, which all workers share. */
  cleanMs: number;
};

/** Slower than this a tenant of a few hundred people would not be done in a night. */
export const RATE_MIN = 0.2;

/** What a tenant without a limit is taken to have borne when too little was sent to it to measure. */
const RATE_FIRST = 2;

/** A factor of 13,780: more than lies between the floor and any rate that can be allowed. */
const MINUTES_MAX = 100;

/**
 * The rate now: a tenth more for each whole minute in which no 429 came, up to what operators allow. KnowBe4 does not
 * publish its SCIM limit, so it is looked for: up slowly, down at once (AIMD, as TCP does). Minutes in which nothing
 * was sent count too: the other side's bucket has filled up meanwhile.
 */
export function raisedRate({ rate, rateMax, cleanMs }: RateRecord): number | null {
  if (rate === null) return null;
  const minutes = Math.min(MINUTES_MAX, Math.floor(Math.max(0, cleanMs) / 60_000));
  return Math.min(rateMax ?? Number.POSITIVE_INFINITY, rate * 1.1 ** minutes);
}

/**
 * The rate after a 429: half of what it was, and never below the floor.
 * @param measured requests a second that led to the 429, for a tenant without a limit.
 */
export function halvedRate(pace: RateRecord, measured: number | null): number {
  return Math.max(RATE_MIN, (raisedRate(pace) ?? measured ?? RATE_FIRST) / 2);
}
