/**
 * A tenant's health record: its last answers, kept on its row between drives, for any worker. The row holds null when
 * there is nothing to keep: no failure, no refusal, no waiting retry.
 */
export type HealthRecord = {
  /** The last ten answers, oldest first: `x` for a failure of the tenant itself, `.` for any other. */
  recent: string;
  /** The number of ended operations, and how many of them were refused for good. */
  answered: number;
  refused: number;
  budget: BudgetRecord;
};

/**
 * The retry budget: the requests of the current minute, which is `minuteMs` old, those of the one before, and debt.
 */
export type BudgetRecord = { minuteMs: number; requests: number; before: number; owed: number };

/** The number of answers that the breaker looks at. */
export const RECENT = 10;

/** A larger share of refusals than this, among at least this many operations, quarantines the tenant. */
const REFUSED_OF = 50;
const REFUSED_SHARE = 0.4;

/**
 * At this many both counts are halved: a thousand successes last week must not outweigh fifty refusals in a row, and
 * a tolerated share stays tolerated however long it goes on.
 */
const COUNTED_MAX = 200;

/** Older answers no longer count. */
const KEPT_MS = 24 * 60 * 60_000;

const noBudget: BudgetRecord = { minuteMs: 0, requests: 0, before: 0, owed: 0 };

const nothing: HealthRecord = { recent: "", answered: 0, refused: 0, budget: noBudget };

/** A health record as a worker restores it. */
export type RestoredHealth = HealthRecord & { ageMs: number };

export const NO_HEALTH_RECORD: RestoredHealth = { ...nothing, ageMs: 0 };

/**
 * The record of a tenant on trial after too many refusals: exactly at the limit. One more refusal is too many, and
 * one accepted operation makes room (docs/decisions/0021-try-refused-writes-with-a-write.md).
 */
export const TRIAL: HealthRecord = {
  ...nothing,
  answered: REFUSED_OF,
  refused: REFUSED_OF * REFUSED_SHARE,
};

/** Whether an operation was accepted since the trial began. */
export function isTrialPassed({ answered, refused }: HealthRecord): boolean {
  return answered > REFUSED_OF && !isRefusedTooOften({ answered, refused });
}

export function isRefusedTooOften({
  answered,
  refused,
}: Pick<HealthRecord, "answered" | "refused">): boolean {
  return answered >= REFUSED_OF && refused > answered * REFUSED_SHARE;
}

/** Adds one ended operation to the counts. */
export function countEnded(
  { answered, refused }: Pick<HealthRecord, "answered" | "refused">,
  isRefused: boolean,
): Pick<HealthRecord, "answered" | "refused"> {
  const counted = { answered: answered + 1, refused: refused + (isRefused ? 1 : 0) };
  if (counted.answered < COUNTED_MAX) return counted;
  return { answered: counted.answered / 2, refused: counted.refused / 2 };
}

/** Adds one answer to the window. */
export function addRecent(recent: string, isFailure: boolean): string {
  return (recent + (isFailure ? "x" : ".")).slice(-RECENT);
}

/** A tenant's stored record and its age by the database's clock, which all workers share. */
export type StoredHealth = { record: HealthRecord | null; recordAgeMs: number | null; isOnTrial: boolean };

/** Restores the parts of a stored record that still hold. A trial does not expire when nothing is sent for a day. */
export function restoreHealth({ record, recordAgeMs, isOnTrial }: StoredHealth): RestoredHealth {
  const ageMs = Math.max(0, recordAgeMs ?? 0);
  return !record || (ageMs > KEPT_MS && !isOnTrial) ? NO_HEALTH_RECORD : { ...record, ageMs };
}

/** Drops a refusal whose count was halved to nothing. */
export function isWorthKeeping({ recent, refused, budget }: HealthRecord): boolean {
  return recent.includes("x") || refused >= 1 || budget.owed > 0;
}
