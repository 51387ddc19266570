import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { cooldownMs } from "@/lib/provisioning/backoff";
import type { TenantOutcome } from "@/lib/provisioning/outcome";

/** Failures in a row that speak of the tenant before it is left alone for a while. */
const FAILURES_MAX = 5;

/** What the answers of one drive say about the tenant. */
export type TenantVerdict =
  | { kind: "well" }
  | { kind: "cooldown"; reason: CatalogueCode; delayMs: number; failures: number }
  | { kind: "quarantine"; reason: CatalogueCode };

export type TenantWatch = {
  note(outcome: TenantOutcome, reason: CatalogueCode | null): void;
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

/**
 * Decides during a drive whether to go on sending to the tenant. One success makes earlier failures forgotten; a
 * rejected token, a redirect or a TLS fault ends the drive with the answers that are still on their way.
 * @param failures how many failures in a row the tenant had before.
 */
export function createTenantWatch(failures: number): TenantWatch {
  let verdict: TenantVerdict = { kind: "well" };
  let stopped = false;
  let failure: { error: unknown } | null = null;
  let inARow = failures;
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

  return {
    note(outcome, reason) {
      const code = reason ?? "tenant-unreachable";
      if (outcome.kind === "none") inARow = 0;
      trouble = outcome.kind === "none" ? null : code;
      if (outcome.kind === "stop") end({ kind: "quarantine", reason: code });
      if (outcome.kind === "slow") {
        inARow += 1;
        end({
          kind: "cooldown",
          reason: code,
          delayMs: cooldownMs(inARow, outcome.retryAfterMs),
          failures: inARow,
        });
      }
      if (outcome.kind === "failing") {
        inARow += 1;
        if (inARow >= FAILURES_MAX)
          end({ kind: "cooldown", reason: code, delayMs: cooldownMs(inARow), failures: inARow });
      }
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
      return { kind: "cooldown", reason: trouble, delayMs: cooldownMs(inARow), failures: inARow };
    },
  };
}
