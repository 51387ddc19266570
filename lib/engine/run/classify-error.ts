import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { explainError } from "@/lib/knowbe4/explain-error";
import { isScimError, type ScimProtocolError, type ScimTransientError } from "@/lib/scim/errors";
import { ATTEMPTS_MAX } from "@/lib/engine/run/backoff";

/**
 * What an error means for the operation and for its tenant: the outcome table of the engine. Pure.
 *
 * - retry: certainly not done. Send again later; `counted` says whether it counts towards giving up.
 * - unknown: may have been done. Settle by reading before sending again.
 * - conflict: the address exists. Look it up, link if plausibly the same person, else stop for a decision.
 * - vanished: the resource is gone. Match again, never recreate silently.
 * - failed: no later attempt would succeed.
 */
type OperationOutcome =
  | { kind: "retry"; counted: boolean }
  | { kind: "unknown" | "conflict" | "vanished" | "failed" };

/** none: the operation is at fault. slow: wait. failing: one more failure for the breaker. stop: send nothing more. */
export type TenantOutcome = { kind: "none" | "failing" | "stop" } | { kind: "slow"; retryAfterMs?: number };

export type Outcome = { operation: OperationOutcome; tenant: TenantOutcome; code: CatalogueCode };

/**
 * Classifies an error of an exchange.
 * @param attempt number of tries of the operation, including this one.
 */
export function classifyError(error: unknown, attempt: number): Outcome {
  const code = explainError(error).code;
  const given = (operation: OperationOutcome, tenant: TenantOutcome): Outcome => ({
    operation,
    tenant,
    code,
  });
  if (!isScimError(error)) return given({ kind: "failed" }, { kind: "none" });
  switch (error.kind) {
    case "auth":
      return given({ kind: "retry", counted: false }, { kind: "stop" });
    case "conflict":
      return given({ kind: "conflict" }, { kind: "none" });
    case "not-found":
      return given({ kind: "vanished" }, { kind: "none" });
    case "invalid":
      return given({ kind: "failed" }, { kind: "none" });
    case "protocol":
      return classifyProtocol(error, attempt, given);
    case "transient":
      return classifyTransient(error, attempt, given);
  }
}

type Given = (operation: OperationOutcome, tenant: TenantOutcome) => Outcome;

/** A response that is not SCIM may hide a write that was done; a refused connection cannot. */
function classifyProtocol(error: ScimProtocolError, attempt: number, given: Given): Outcome {
  const distrusted = error.reason === "redirect" || error.reason === "tls" || error.reason === "egress";
  if (distrusted || error.sent === "no") return given({ kind: "retry", counted: false }, { kind: "stop" });
  const isLast = error.reason === "other-resource" && attempt >= ATTEMPTS_MAX;
  return given({ kind: isLast ? "failed" : "unknown" }, { kind: "failing" });
}

function classifyTransient(error: ScimTransientError, attempt: number, given: Given): Outcome {
  // 429 means that nothing was done. It is not the operation's fault and never counted.
  if (error.status === 429) {
    return given({ kind: "retry", counted: false }, { kind: "slow", retryAfterMs: error.retryAfterMs });
  }
  if (error.status === 503 && error.retryAfterMs !== undefined) {
    return given({ kind: "unknown" }, { kind: "slow", retryAfterMs: error.retryAfterMs });
  }
  if (error.sent === "no") return given({ kind: "retry", counted: false }, { kind: "failing" });
  return given({ kind: attempt >= ATTEMPTS_MAX ? "failed" : "unknown" }, { kind: "failing" });
}
