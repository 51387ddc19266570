import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import type { Finding } from "@/lib/engine/run/finding";

/** The results of the operations that this one depends on. */
export type Dependencies = {
  /** Why the operation cannot run because a dependency was not done; null when it can. */
  refusal(operation: ClaimedOperation): Finding | null;
  /** Whether an earlier operation was not done, so that the person it should create does not exist. */
  isUndone(operationId: string): boolean;
  /** The resource that an earlier operation created or found; null while the tenant has not shown it. */
  resourceIdOf(operationId: string): string | null;
};

/** An operation's result, as far as others depend on it. */
export type KnownOperation = { id: string; state: string; resourceId: string | null };
