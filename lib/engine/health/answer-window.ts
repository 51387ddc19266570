import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { BREAKER_FAILURES } from "@/lib/engine/run/backoff";
import { addRecent, countEnded, RECENT, type HealthRecord } from "@/lib/tenants/health";

/** With fewer requests than this, the rate that a tenant bears is unknown. */
const MEASURED_OF = 10;

/** The result of an operation, as far as it concerns the tenant. */
export type Answered = { reason: CatalogueCode | null; state: string; exchanges: readonly unknown[] };

export type AnswerWindow = ReturnType<typeof createAnswerWindow>;

/**
 * Counts the answers of a drive, continuing from earlier drives.
 * @param failures in a row before this drive.
 * @param now milliseconds of a monotonic clock.
 */
export function createAnswerWindow(failures: number, record: HealthRecord, now: () => number) {
  const startedAt = now();
  let recent = windowOf({ failures, record });
  let counts = { answered: record.answered, refused: record.refused };
  let inARow = failures;
  let requests = 0;

  return {
    add({ state, exchanges }: Answered, isFailure: boolean): void {
      inARow = isFailure ? inARow + 1 : 0;
      recent = addRecent(recent, isFailure);
      requests += exchanges.length;
      // A retried operation counts once it has ended.
      if (state !== "queued" && state !== "unknown") counts = countEnded(counts, state === "failed");
    },
    inARow: () => inARow,
    isBreaking: () => isBreaking(recent),
    record: () => ({ recent, ...counts }),
    measured(): number | null {
      return requests < MEASURED_OF ? null : requests / Math.max(1, (now() - startedAt) / 1_000);
    },
  };
}

/** Without a stored window, the failures in a row are all that is known. */
export function windowOf({ failures, record }: { failures: number; record: HealthRecord }): string {
  return record.recent || "x".repeat(Math.min(failures, RECENT));
}

export function isBreaking(recent: string): boolean {
  return recent.split("x").length > BREAKER_FAILURES;
}
