/**
 * The ladder and what it adds up to.
 *
 * An operation: planned → queued → sent → accepted → confirmed. `sent` whose reply was lost becomes `unknown` and is
 * settled by reading before it is sent again. Aside: held (a rail waits for another operator), skipped (refused, or
 * what it depended on failed), failed, cancelled. Terminal states never change.
 *
 * A run: planned → queued → running → done | failed | cancelled. It ends when none of its operations is open;
 * `failed` says that at least one of them failed. Confirming goes on after a run has ended.
 *
 * A change: ready → applying → done | failed | cancelled, or ready → expired.
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

export type RunState = "planned" | "queued" | "running" | "done" | "failed" | "cancelled";
export type ChangeState = "ready" | "applying" | "done" | "failed" | "cancelled" | "expired";

/** The states from which the engine still has something to send. */
export const openStates = ["queued", "sent", "unknown"] as const satisfies readonly OperationState[];

export function countStates(states: Iterable<{ state: string; count: number }>): OperationCounts {
  const counts = Object.fromEntries(operationStates.map((state) => [state, 0])) as OperationCounts;
  for (const { state, count } of states) if (isOperationState(state)) counts[state] += count;
  return counts;
}

function isOperationState(state: string): state is OperationState {
  return (operationStates as readonly string[]).includes(state);
}

/** How a run ends, once nothing of it is open; null while something is. */
export function endOfRun(counts: OperationCounts): "done" | "failed" | null {
  if (openStates.some((state) => counts[state] > 0)) return null;
  return counts.failed > 0 ? "failed" : "done";
}

/** How a change ends, once all its runs have; null while one has not. */
export function endOfChange(runs: readonly RunState[]): "done" | "failed" | "cancelled" | null {
  const applied = runs.filter((state) => state !== "planned");
  if (applied.some((state) => state === "queued" || state === "running")) return null;
  if (applied.includes("failed")) return "failed";
  return applied.length > 0 && applied.every((state) => state === "cancelled") ? "cancelled" : "done";
}

/** What a person is told about a change, in one word; `waiting` means accepted and not yet seen in the tenant. */
export type ChangeStanding =
  | "ready"
  | "applying"
  | "waiting"
  | "confirmed"
  | "failed"
  | "held"
  | "cancelled"
  | "expired";

export function standingOf(state: ChangeState, counts: OperationCounts): ChangeStanding {
  if (state === "ready" || state === "expired" || state === "cancelled" || state === "applying") return state;
  if (counts.failed > 0) return "failed";
  if (counts.accepted > 0) return "waiting";
  return counts.held > 0 ? "held" : "confirmed";
}
