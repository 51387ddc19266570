import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import type { Finding } from "@/lib/engine/run/finding";

/** What the operations that this one depends on came to. */
export type Dependencies = {
  /** Why the operation cannot be carried out, because one it depends on was not; null when it can. */
  refusal(operation: ClaimedOperation): Finding | null;
  /** Whether an earlier operation came to nothing, so that who it was to make is not there. */
  isUndone(operationId: string): boolean;
  /** The resource that an earlier operation made or found; null while the tenant has not shown it. */
  resourceIdOf(operationId: string): string | null;
};

/** What an operation came to, as far as others depend on it. */
export type KnownOperation = { id: string; state: string; resourceId: string | null };
