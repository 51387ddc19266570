import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { BREAKER_FAILURES, cooldownMs } from "@/lib/engine/run/backoff";
import type { TenantOutcome } from "@/lib/engine/run/classify-error";
import { createRetryBudget, type RetryBudget } from "@/lib/engine/health/retry-budget";
import {
  type Answered,
  createAnswerWindow,
  isBreaking,
  type AnswerWindow,
  windowOf,
} from "@/lib/engine/health/answer-window";
import {
  addRecent,
  isRefusedTooOften,
  isWorthKeeping,
  type RestoredHealth,
  type HealthRecord,
} from "@/lib/tenants/health";

/** What the answers of one drive show about the tenant, and what its next drive needs to know. */
export type HealthChange = Finding & {
  /** Null: delete the stored record. Undefined: nothing to keep and nothing stored. */
  record?: HealthRecord | null;
};

type Finding =
  | { kind: "well" }
  | {
      kind: "cooldown";
      reason: CatalogueCode;
      delayMs: number;
      /** Failures in a row; from BREAKER_FAILURES on the breaker is open. */
      failures: number;
      /** The tenant asked for fewer requests, so its rate is halved. */
      isSlowed: boolean;
      /** The rate that led to it, in requests a second; null when there were too few to measure. */
      measured: number | null;
    }
  | { kind: "quarantine"; reason: CatalogueCode };

export type CircuitBreaker = {
  note(outcome: TenantOutcome, answered: Answered): void;
  isStopped(): boolean;
  /** An operator paused the tenant, or another worker has the run. */
  stop(): void;
  /** An error of ours (database, lost lease): stops the senders; throwIfFailed rethrows it. */
  fail(error: unknown): void;
  throwIfFailed(): void;
  /** Wakes senders that wait for a busy resource or for a recorded result. */
  notify(): void;
  changed(): Promise<void>;
  verdict(): HealthChange;
  /** The current health record, in the form that a verdict has. */
  record(): HealthRecord | null | undefined;
  budget: RetryBudget;
};

type CircuitBreakerOptions = {
  /** The tenant's failures in a row before this drive. */
  failures: number;
  /** The tenant's last answers. */
  record: RestoredHealth;
  /** Called after each answer that the next drive must know of, in case this drive never ends. */
  onTrouble?: () => void;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
  random: () => number;
};

/**
 * Decides during a drive whether to keep sending to the tenant. Five failures among the last ten answers open its
 * circuit breaker. A rejected token, a redirect, a TLS fault, or a run with too many refusals quarantine it. Either
 * ends the drive once the requests in flight are answered.
 *
 * The other common rule, half of twenty answers in a minute, never fires before five of ten do. Both counts and the
 * retry budget continue from the tenant's last drive.
 */
export function createCircuitBreaker({
  failures,
  record: remembered,
  onTrouble,
  now,
  random,
}: CircuitBreakerOptions): CircuitBreaker {
  const score = createAnswerWindow(failures, remembered, now);
  const budget = createRetryBudget(now, remembered);
  let verdict: Finding = { kind: "well" };
  let stopped = false;
  let failure: { error: unknown } | null = null;
  let trouble: CatalogueCode | null = null;
  let waiting = Promise.withResolvers<void>();

  function end(found: Finding): void {
    if (verdict.kind !== "quarantine") verdict = found;
    stopped = true;
    notify();
  }

  function notify(): void {
    waiting.resolve();
    waiting = Promise.withResolvers<void>();
  }

  function coolDown(outcome: TenantOutcome, reason: CatalogueCode, inARow: number): Finding {
    return { ...coolingDown(outcome, reason, inARow, random), ...measuredBy(outcome, score) };
  }

  function record(): HealthRecord | null | undefined {
    const kept = { ...score.record(), budget: budget.record() };
    if (isWorthKeeping(kept)) return kept;
    return isWorthKeeping(remembered) ? null : undefined;
  }

  function finding(): Finding {
    // The drive ended on a failure with nothing left to send: at one answer a drive, the count would never reach
    // five.
    if (verdict.kind !== "well" || trouble === null) return verdict;
    return coolDown({ kind: "failing" }, trouble, score.inARow());
  }

  return {
    note(outcome, answered) {
      const code = answered.reason ?? "tenant-unreachable";
      // An operation that was not sent says nothing about the tenant.
      if (outcome.kind === "none" && answered.exchanges.length === 0) return;
      score.add(answered, outcome.kind !== "none");
      trouble = outcome.kind === "none" ? null : code;
      if (outcome.kind === "stop") end({ kind: "quarantine", reason: code });
      if (outcome.kind === "slow") end(coolDown(outcome, code, score.inARow()));
      if (outcome.kind === "failing" && score.isBreaking()) {
        end(coolDown(outcome, code, Math.max(BREAKER_FAILURES, score.inARow())));
      }
      if (isRefusedTooOften(score.record())) end({ kind: "quarantine", reason: "failing-run" });
      if (outcome.kind !== "none" || answered.state === "failed") onTrouble?.();
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
    verdict: () => ({ ...finding(), record: record() }),
    record,
    budget,
  };
}

/**
 * Judges a tenant by one failed exchange outside a drive (read, lookup, probe). Any failure puts the tenant on a
 * short cooldown, so that a failing read is not repeated at once.
 * @param before failures in a row and the health record before this one.
 */
export function verdictOfTrouble(
  outcome: TenantOutcome,
  reason: CatalogueCode,
  before: { failures: number; record: RestoredHealth },
  random: () => number,
): HealthChange {
  if (outcome.kind === "stop") return { kind: "quarantine", reason };
  const { answered, refused } = before.record;
  const recent = addRecent(windowOf(before), true);
  const failures = Math.max(before.failures + 1, isBreaking(recent) ? BREAKER_FAILURES : 0);
  const budget = createRetryBudget(() => 0, before.record).record();
  return {
    ...coolingDown(outcome, reason, failures, random),
    record: { recent, answered, refused, budget },
  };
}

/** @param failures in a row, this one included. */
function coolingDown(
  outcome: TenantOutcome,
  reason: CatalogueCode,
  failures: number,
  random: () => number,
): Finding {
  const isSlowed = outcome.kind === "slow";
  const delayMs = cooldownMs(failures, random, isSlowed ? outcome.retryAfterMs : undefined);
  return { kind: "cooldown", reason, delayMs, failures, isSlowed, measured: null };
}

function measuredBy(outcome: TenantOutcome, score: AnswerWindow): { measured?: number | null } {
  return outcome.kind === "slow" ? { measured: score.measured() } : {};
}
