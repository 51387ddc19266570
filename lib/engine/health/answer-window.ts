import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { BREAKER_FAILURES } from "@/lib/engine/run/backoff";
import { addRecent, countEnded, RECENT, type HealthRecord } from "@/lib/tenants/health";

/** Requests below which nothing is told about how many a tenant bears. */
const MEASURED_OF = 10;

/** What became of an operation, as far as it says something about the tenant. */
export type Answered = { reason: CatalogueCode | null; state: string; exchanges: readonly unknown[] };

export type AnswerWindow = ReturnType<typeof createAnswerWindow>;

/**
 * Counts the answers of a drive, on from those before it.
 * @param failures in a row before it.
 * @param now milliseconds of a clock that never goes back.
 */
export function createAnswerWindow(failures: number, memory: HealthRecord, now: () => number) {
  const startedAt = now();
  let recent = windowOf({ failures, memory });
  let counts = { answered: memory.answered, refused: memory.refused };
  let inARow = failures;
  let requests = 0;

  return {
    add({ state, exchanges }: Answered, isFailure: boolean): void {
      inARow = isFailure ? inARow + 1 : 0;
      recent = addRecent(recent, isFailure);
      requests += exchanges.length;
      // What is tried again is counted when it has come to an end.
      if (state !== "queued" && state !== "unknown") counts = countEnded(counts, state === "failed");
    },
    inARow: () => inARow,
    isBreaking: () => isBreaking(recent),
    memory: () => ({ recent, ...counts }),
    measured(): number | null {
      return requests < MEASURED_OF ? null : requests / Math.max(1, (now() - startedAt) / 1_000);
    },
  };
}

/** Where the window is not known, what is known of it is that it ended on failures in a row. */
export function windowOf({ failures, memory }: { failures: number; memory: HealthRecord }): string {
  return memory.recent || "x".repeat(Math.min(failures, RECENT));
}

export function isBreaking(recent: string): boolean {
  return recent.split("x").length > BREAKER_FAILURES;
}
