import type { KnowBe4Client } from "@/lib/knowbe4/client";
import { isScimError } from "@/lib/scim/errors";
import type { ScimContext, ScimExchange } from "@/lib/scim/exchange";
import { retryDelayMs, WAITING_MAX_MS, waitingDelayMs } from "@/lib/engine/run/backoff";
import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import { classifyError, type TenantOutcome } from "@/lib/engine/run/classify-error";
import type { OperationResult } from "@/lib/engine/run/operation-result";
import { resolveConflict } from "@/lib/engine/send/resolve";
import { isRefusedAlone } from "@/lib/engine/run/refused-alone";
import { send } from "@/lib/engine/send/send";
import { type Dependencies } from "@/lib/engine/run/dependencies";
import { settle } from "@/lib/engine/send/settle";
import type { Finding } from "@/lib/engine/run/finding";

type Performing = {
  /** Aborts when the run's lease is no longer certain. */
  signal: AbortSignal;
  /** From 0 to 1, for the jitter of waits. */
  random: () => number;
};

export type Performed = { result: OperationResult; tenant: TenantOutcome };

/**
 * Carries out one claimed operation and never throws for the tenant's answer. An operation that may have been sent
 * before is settled by reading first. A conflict is looked up, not guessed; a vanished resource ends the operation.
 */
export async function perform(
  client: KnowBe4Client,
  operation: ClaimedOperation,
  dependencies: Dependencies,
  { signal, random }: Performing,
): Promise<Performed> {
  const exchanges: ScimExchange[] = [];
  const context: ScimContext = { signal, onExchange: (exchange) => exchanges.push(exchange) };
  try {
    const finding = await findOrRefused(client, operation, dependencies, context);
    return { result: toResult(operation, finding, exchanges), tenant: { kind: "none" } };
  } catch (error) {
    return toFailure(operation, error, exchanges, random);
  }
}

/** One person's 403 is that operation's; it is the tenant's only where a read with the same token says so too. */
async function findOrRefused(
  client: KnowBe4Client,
  operation: ClaimedOperation,
  dependencies: Dependencies,
  context: ScimContext,
): Promise<Finding> {
  try {
    return await find(client, operation, dependencies, context);
  } catch (error) {
    if (!(await isRefusedAlone(client, error, context))) throw error;
    return { state: "failed", reason: "operation-refused", detail: toRefusedWords(operation, error) };
  }
}

/** A refused read leaves open what an earlier request of the operation did, so the words must not deny it. */
function toRefusedWords({ unsettled }: ClaimedOperation, error: unknown): string | undefined {
  if (!isScimError(error)) return undefined;
  const mayBeDone = unsettled && error.method === "GET";
  return mayBeDone ? `An earlier request may have taken effect. ${error.detail}` : error.detail;
}

async function find(
  client: KnowBe4Client,
  operation: ClaimedOperation,
  dependencies: Dependencies,
  context: ScimContext,
): Promise<Finding> {
  const blocked = dependencies.refusal(operation);
  if (blocked) return blocked;
  const settled = operation.unsettled ? await settle(client, operation, dependencies, context) : null;
  if (settled) return settled;
  try {
    return await send(client, operation, dependencies, context);
  } catch (error) {
    if (!isScimError(error)) throw error;
    if (error.kind === "conflict") return resolveConflict(client, operation, context);
    // The resource that the plan named is gone. Another one under its name is a new plan's to choose (decision 41).
    if (error.kind === "not-found") return { state: "failed", reason: "vanished" };
    throw error;
  }
}

function toResult(operation: ClaimedOperation, finding: Finding, exchanges: ScimExchange[]): OperationResult {
  const isWaiting = finding.state === "waiting" && operation.openMs < WAITING_MAX_MS;
  return {
    operation,
    state: isWaiting ? unsentState(operation) : finding.state === "waiting" ? "failed" : finding.state,
    resourceId: finding.state === "accepted" ? finding.resourceId : null,
    reason: finding.reason ?? null,
    detail: finding.detail ?? null,
    notTaken: finding.state === "accepted" ? (finding.notTaken ?? []) : [],
    delayMs: isWaiting ? waitingDelayMs(operation.openMs) : 0,
    uncounted: isWaiting,
    exchanges,
  };
}

function toFailure(
  operation: ClaimedOperation,
  error: unknown,
  exchanges: ScimExchange[],
  random: () => number,
): Performed {
  const outcome = classifyError(error, operation.attempt);
  const { kind } = outcome.operation;
  // The failed lookup followed an answer that said nothing was done, so nothing is left behind.
  const isUndone = kind === "retry" || (kind === "unknown" && isScimError(error) && error.method === "GET");
  const retryAfterMs = outcome.tenant.kind === "slow" ? outcome.tenant.retryAfterMs : undefined;
  const result: OperationResult = {
    operation,
    // A conflict or a vanished resource appeared while one was being looked up: nothing more to try.
    state: isUndone ? unsentState(operation) : kind === "unknown" ? "unknown" : "failed",
    resourceId: null,
    reason: outcome.code,
    detail: isScimError(error) ? error.detail : null,
    delayMs: retryDelayMs(operation.attempt, random, retryAfterMs),
    uncounted: outcome.operation.kind === "retry" && !outcome.operation.counted,
    exchanges,
  };
  return { result, tenant: outcome.tenant };
}

/** The state for an operation that was not sent this time: an earlier send may still have taken effect. */
function unsentState(operation: ClaimedOperation): "queued" | "unknown" {
  return operation.unsettled ? "unknown" : "queued";
}
