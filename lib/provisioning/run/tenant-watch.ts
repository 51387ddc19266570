import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { BREAKER_FAILURES, cooldownMs } from "@/lib/provisioning/run/backoff";
import type { TenantOutcome } from "@/lib/provisioning/run/outcome";

/** How many of the last answers the breaker looks at. */
const RECENT = 10;

/** A run of which this many operations were answered, and more than this share refused for good, is stopped. */
const REFUSED_OF = 50;
const REFUSED_SHARE = 0.4;

/** Requests below which nothing is told about how many a tenant bears. */
const MEASURED_OF = 10;

/** What the answers of one drive say about the tenant. */
export type TenantVerdict =
  | { kind: "well" }
  | {
      kind: "cooldown";
      reason: CatalogueCode;
      delayMs: number;
      /** In a row; from BREAKER_FAILURES on the breaker is open. */
      failures: number;
      /** It asked for fewer requests, so its rate is halved. */
      isSlowed: boolean;
      /** Requests a second that led to it; null when there were too few to tell. */
      measured: number | null;
    }
  | { kind: "quarantine"; reason: CatalogueCode };

/** What became of an operation, as far as it says something about the tenant. */
export type Answered = { reason: CatalogueCode | null; state: string; exchanges: readonly unknown[] };

export type TenantWatch = {
  note(outcome: TenantOutcome, answered: Answered): void;
  isStopped(): boolean;
  /** An operator paused the tenant, or another worker has the run. */
  stop(): void;
  /** An error of ours (database, lost lease): stops the lanes; throwIfFailed tells it on. */
  fail(error: unknown): void;
  throwIfFailed(): void;
  /** Wakes lanes that wait for a busy resource or for a recorded result. */
  notify(): void;
  changed(): Promise<void>;
  verdict(): TenantVerdict;
};

type WatchOptions = {
  /** Failures in a row that the tenant had before. */
  failures: number;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
  random: () => number;
};

/**
 * Decides during a drive whether to go on sending to the tenant. Five failures among the last ten answers open its
 * breaker; a rejected token, a redirect or a TLS fault, and a run of which too much is refused, quarantine it. Each
 * ends the drive with the answers that are still on their way.
 *
 * Half of twenty answers in a minute, the other rule one finds for breakers, never strikes before five of ten do. The
 * last ten are of one drive: between two drives only failures in a row are known.
 */
export function createTenantWatch({ failures, now, random }: WatchOptions): TenantWatch {
  const score = createScore(failures, now);
  let verdict: TenantVerdict = { kind: "well" };
  let stopped = false;
  let failure: { error: unknown } | null = null;
  let trouble: CatalogueCode | null = null;
  let waiting = Promise.withResolvers<void>();

  function end(found: TenantVerdict): void {
    if (verdict.kind !== "quarantine") verdict = found;
    stopped = true;
    notify();
  }

  function notify(): void {
    waiting.resolve();
    waiting = Promise.withResolvers<void>();
  }

  function coolDown(outcome: TenantOutcome, reason: CatalogueCode, inARow: number): TenantVerdict {
    return { ...verdictOfTrouble(outcome, reason, inARow - 1, random), ...measuredBy(outcome, score) };
  }

  return {
    note(outcome, answered) {
      const code = answered.reason ?? "tenant-unreachable";
      // What was not sent is no answer, and no news of the tenant.
      if (outcome.kind === "none" && answered.exchanges.length === 0) return;
      score.add(answered, outcome.kind !== "none");
      trouble = outcome.kind === "none" ? null : code;
      if (outcome.kind === "stop") end({ kind: "quarantine", reason: code });
      if (outcome.kind === "slow") end(coolDown(outcome, code, score.inARow()));
      if (outcome.kind === "failing" && score.isBreaking()) {
        end(coolDown(outcome, code, Math.max(BREAKER_FAILURES, score.inARow())));
      }
      if (score.isRefusedTooOften()) end({ kind: "quarantine", reason: "failing-run" });
    },
    isStopped: () => stopped || failure !== null,
    stop() {
      stopped = true;
      notify();
    },
    fail(error) {
      failure ??= { error };
      notify();
    },
    throwIfFailed() {
      if (failure) throw failure.error;
    },
    notify,
    changed: () => waiting.promise,
    verdict() {
      // A drive that ended on a failure, with nothing left to send: one answer a drive would never add up to five.
      if (verdict.kind !== "well" || trouble === null) return verdict;
      return coolDown({ kind: "failing" }, trouble, score.inARow());
    },
  };
}

/**
 * What a single exchange outside of a drive (a read, a look, a probe) that failed says about the tenant. Whatever it
 * was, the tenant is left alone for a moment, so that what cannot be read is not asked for again and again.
 * @param failures in a row before this one.
 */
export function verdictOfTrouble(
  outcome: TenantOutcome,
  reason: CatalogueCode,
  failures: number,
  random: () => number,
): TenantVerdict {
  if (outcome.kind === "stop") return { kind: "quarantine", reason };
  const isSlowed = outcome.kind === "slow";
  const delayMs = cooldownMs(failures + 1, random, isSlowed ? outcome.retryAfterMs : undefined);
  return { kind: "cooldown", reason, delayMs, failures: failures + 1, isSlowed, measured: null };
}

function measuredBy(outcome: TenantOutcome, score: Score): { measured?: number | null } {
  return outcome.kind === "slow" ? { measured: score.measured() } : {};
}

type Score = ReturnType<typeof createScore>;

/** Counts the answers of a drive. */
function createScore(failures: number, now: () => number) {
  const recent: boolean[] = Array.from({ length: Math.min(failures, RECENT) }, () => true);
  const startedAt = now();
  let inARow = failures;
  let requests = 0;
  let answered = 0;
  let refused = 0;

  return {
    add({ state, exchanges }: Answered, isFailure: boolean): void {
      inARow = isFailure ? inARow + 1 : 0;
      recent.push(isFailure);
      if (recent.length > RECENT) recent.shift();
      requests += exchanges.length;
      answered += 1;
      if (state === "failed") refused += 1;
    },
    inARow: () => inARow,
    isBreaking: () => recent.filter(Boolean).length >= BREAKER_FAILURES,
    isRefusedTooOften: () => answered >= REFUSED_OF && refused > answered * REFUSED_SHARE,
    measured(): number | null {
      return requests < MEASURED_OF ? null : requests / Math.max(1, (now() - startedAt) / 1_000);
    },
  };
}
