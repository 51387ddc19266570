import { openStates, unfinishedRunStates } from "@/lib/states";

/**
 * The states of operations, runs and changes.
 *
 * An operation: planned → queued → sent → accepted → confirmed. `sent` whose reply was lost becomes `unknown` and is
 * settled by reading before it is sent again. Aside: held (a rail waits for another operator), skipped (refused, or a
 * dependency failed), failed, cancelled. Terminal states never change.
 *
 * A run: planned → queued → running → done | failed | cancelled. A paused run leaves the queue and returns to it on
 * resume. A run ends when none of its operations is open; `failed` means that at least one of them failed,
 * `cancelled` that an operator or a disconnected tenant kept some from being sent. Confirming continues afterwards.
 *
 * A change: ready → applying → done | failed | cancelled, or ready → expired. A large one is first `planning`, without
 * lines, until a worker has made its plan (lib/changes/tasks). A scheduled change waits for its time.
 * A worker then applies it, or returns it to ready (or expired) with an issue when it may no longer be applied.
 */
export const operationStates = [
  "planned",
  "held",
  "queued",
  "sent",
  "unknown",
  "accepted",
  "confirmed",
  "failed",
  "skipped",
  "cancelled",
] as const;
export type OperationState = (typeof operationStates)[number];

export type OperationCounts = Record<OperationState, number>;

export type RunState = "planned" | "queued" | "paused" | "running" | "done" | "failed" | "cancelled";
export type ChangeState =
  | "planning"
  | "ready"
  | "scheduled"
  | "applying"
  | "done"
  | "failed"
  | "cancelled"
  | "expired";

/**
 * Why an operation was not sent. It also marks a run of which nothing more may be sent: the run keeps it, through
 * every worker that takes it, until everything is settled.
 */
export const CANCELLED = "cancelled-by-operator";

export function countStates(states: Iterable<{ state: string; count: number }>): OperationCounts {
  const counts = Object.fromEntries(operationStates.map((state) => [state, 0])) as OperationCounts;
  for (const { state, count } of states) if (isOperationState(state)) counts[state] += count;
  return counts;
}

function isOperationState(state: string): state is OperationState {
  return (operationStates as readonly string[]).includes(state);
}

/** The end state of a run without open operations; null while one is open. */
export function endOfRun(counts: OperationCounts): "done" | "failed" | "cancelled" | null {
  if (openStates.some((state) => counts[state] > 0)) return null;
  if (counts.failed > 0) return "failed";
  return counts.cancelled > 0 ? "cancelled" : "done";
}

/** The end state of a change whose runs have ended; null while one has not. */
export function endOfChange(runs: readonly RunState[]): "done" | "failed" | "cancelled" | null {
  const applied = runs.filter((state) => state !== "planned");
  if (applied.some((state) => unfinishedRunStates.some((unfinished) => unfinished === state))) return null;
  if (applied.includes("failed")) return "failed";
  return applied.includes("cancelled") ? "cancelled" : "done";
}

/**
 * The state of a change as shown to people, in one word; `waiting` means accepted and not yet visible in the tenant.
 */
export type ChangeStanding =
  | "planning"
  | "ready"
  | "scheduled"
  | "applying"
  | "paused"
  | "waiting"
  | "confirmed"
  | "failed"
  | "held"
  | "cancelled"
  | "expired";

/**
 * @param pausedAt when an operator paused it; ignored once it has ended.
 * @param wasRefused whether a worker refused its last task.
 */
export function standingOf(
  state: ChangeState,
  counts: OperationCounts,
  pausedAt: Date | null = null,
  wasRefused = false,
): ChangeStanding {
  if (state === "planning" && wasRefused) return "failed";
  if (state === "applying" && pausedAt !== null) return "paused";
  if (state !== "done" && state !== "failed") return state;
  if (counts.failed > 0) return "failed";
  if (counts.accepted > 0) return "waiting";
  return counts.held > 0 ? "held" : "confirmed";
}
