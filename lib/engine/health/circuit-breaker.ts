import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { BREAKER_FAILURES, cooldownMs } from "@/lib/engine/run/backoff";
import type { TenantOutcome } from "@/lib/engine/run/outcome";
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

/** What the answers of one drive say about the tenant, and what its next drive has to know of them. */
export type HealthChange = Finding & {
  /** Null where nothing is worth keeping any more; undefined where nothing is and nothing was. */
  memory?: HealthRecord | null;
};

type Finding =
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

export type CircuitBreaker = {
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
  verdict(): HealthChange;
  /** As a verdict has it, at this moment. */
  memory(): HealthRecord | null | undefined;
  budget: RetryBudget;
};

type CircuitBreakerOptions = {
  /** Failures in a row that the tenant had before. */
  failures: number;
  /** What its last answers said. */
  memory: RestoredHealth;
  /** Called after an answer that the tenant's next drive has to know of, also when this one never ends. */
  onTrouble?: () => void;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
  random: () => number;
};

/**
 * Decides during a drive whether to go on sending to the tenant. Five failures among the last ten answers open its
 * breaker; a rejected token, a redirect or a TLS fault, and a run of which too much is refused, quarantine it. Each
 * ends the drive with the answers that are still on their way.
 *
 * Half of twenty answers in a minute, the other rule one finds for breakers, never strikes before five of ten do. Both
 * counts and the retry budget go on from where the tenant's last drive left them.
 */
export function createCircuitBreaker({
  failures,
  memory: remembered,
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

  function memory(): HealthRecord | null | undefined {
    const kept = { ...score.memory(), budget: budget.memory() };
    if (isWorthKeeping(kept)) return kept;
    return isWorthKeeping(remembered) ? null : undefined;
  }

  function finding(): Finding {
    // A drive that ended on a failure, with nothing left to send: one answer a drive would never add up to five.
    if (verdict.kind !== "well" || trouble === null) return verdict;
    return coolDown({ kind: "failing" }, trouble, score.inARow());
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
      if (isRefusedTooOften(score.memory())) end({ kind: "quarantine", reason: "failing-run" });
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
    verdict: () => ({ ...finding(), memory: memory() }),
    memory,
    budget,
  };
}

/**
 * What a single exchange outside of a drive (a read, a look, a probe) that failed says about the tenant. Whatever it
 * was, the tenant is left alone for a moment, so that what cannot be read is not asked for again and again.
 * @param before failures in a row and the memory before this one.
 */
export function verdictOfTrouble(
  outcome: TenantOutcome,
  reason: CatalogueCode,
  before: { failures: number; memory: RestoredHealth },
  random: () => number,
): HealthChange {
  if (outcome.kind === "stop") return { kind: "quarantine", reason };
  const { answered, refused } = before.memory;
  const recent = addRecent(windowOf(before), true);
  const failures = Math.max(before.failures + 1, isBreaking(recent) ? BREAKER_FAILURES : 0);
  const budget = createRetryBudget(() => 0, before.memory).memory();
  return {
    ...coolingDown(outcome, reason, failures, random),
    memory: { recent, answered, refused, budget },
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
