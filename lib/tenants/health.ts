/**
 * What the last answers of a tenant said, as its row keeps it from one drive to the next, whichever worker has them.
 * Null there means that nothing is worth remembering: no failure, no refusal, no retry that waits.
 */
export type HealthRecord = {
  /** The last ten answers, oldest first: `x` for a failure that speaks of the tenant, `.` for any other. */
  recent: string;
  /** Operations that came to an end, and how many of them were refused for good. */
  answered: number;
  refused: number;
  budget: BudgetRecord;
};

/** The retry budget: the requests of the minute that runs, which is `minuteMs` old, those of the one before, and debt. */
export type BudgetRecord = { minuteMs: number; requests: number; before: number; owed: number };

/** How many answers the breaker looks at. */
export const RECENT = 10;

/** Of this many operations more than this share refused for good quarantines the tenant. */
const REFUSED_OF = 50;
const REFUSED_SHARE = 0.4;

/**
 * From this many on both counts are halved: a thousand that went well last week must not outweigh fifty refusals in a
 * row, and a share that is borne is borne however long it goes on.
 */
const COUNTED_MAX = 200;

/** Older answers say nothing of today. */
const KEPT_MS = 24 * 60 * 60_000;

const noBudget: BudgetRecord = { minuteMs: 0, requests: 0, before: 0, owed: 0 };

const nothing: HealthRecord = { recent: "", answered: 0, refused: 0, budget: noBudget };

/** A memory as a piece of work takes it up. */
export type RestoredHealth = HealthRecord & { ageMs: number };

export const NO_HEALTH_RECORD: RestoredHealth = { ...nothing, ageMs: 0 };

/**
 * With what a tenant is let in that had refused too much: exactly at the limit. One more refusal is too many, and one
 * operation that is accepted makes room (docs/decisions/0021-try-refused-writes-with-a-write.md).
 */
export const TRIAL: HealthRecord = {
  ...nothing,
  answered: REFUSED_OF,
  refused: REFUSED_OF * REFUSED_SHARE,
};

/** Whether something was accepted since the tenant was let in on trial. */
export function isTrialPassed({ answered, refused }: HealthRecord): boolean {
  return answered > REFUSED_OF && !isRefusedTooOften({ answered, refused });
}

export function isRefusedTooOften({
  answered,
  refused,
}: Pick<HealthRecord, "answered" | "refused">): boolean {
  return answered >= REFUSED_OF && refused > answered * REFUSED_SHARE;
}

/** The counts with one operation more that came to an end. */
export function countEnded(
  { answered, refused }: Pick<HealthRecord, "answered" | "refused">,
  isRefused: boolean,
): Pick<HealthRecord, "answered" | "refused"> {
  const counted = { answered: answered + 1, refused: refused + (isRefused ? 1 : 0) };
  if (counted.answered < COUNTED_MAX) return counted;
  return { answered: counted.answered / 2, refused: counted.refused / 2 };
}

/** The window with one answer more. */
export function addRecent(recent: string, isFailure: boolean): string {
  return (recent + (isFailure ? "x" : ".")).slice(-RECENT);
}

/** What a tenant's row keeps, and how old it is by the database's clock, which all workers share. */
export type StoredHealth = { memory: HealthRecord | null; memoryAgeMs: number | null; isOnTrial: boolean };

/** What of a stored memory still holds. A trial is not over because nothing was sent for a day. */
export function restoreHealth({ memory, memoryAgeMs, isOnTrial }: StoredHealth): RestoredHealth {
  const ageMs = Math.max(0, memoryAgeMs ?? 0);
  return !memory || (ageMs > KEPT_MS && !isOnTrial) ? NO_HEALTH_RECORD : { ...memory, ageMs };
}

/** A refusal whose count was halved away is forgotten. */
export function isWorthKeeping({ recent, refused, budget }: HealthRecord): boolean {
  return recent.includes("x") || refused >= 1 || budget.owed > 0;
}
