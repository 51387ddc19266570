import type { ChangeView, OperationView, RunView } from "@/components/changes/model/wire";

const movingMs = 1_000;
const slowMs = 3_000;
const quietMs = 10_000;

/** Nothing happens here by itself, but somebody may act on it elsewhere. */
const unapplied: ReadonlySet<string> = new Set(["planning", "ready", "scheduled"]);

/** Overdue by more than this, no worker seems to have it: poll less often. */
const overdueSlowMs = 30_000;
const overdueQuietMs = 5 * 60_000;

/**
 * The wait before the change is fetched again; false once it can no longer change. Each operation says when it is due,
 * so a page whose next check is in 15 minutes does not poll each second.
 * @param nowMs the browser's clock. If it is wrong the interval is too, but never below a second.
 */
export function pollDelayMs(change: ChangeView, nowMs: number): number | false {
  if (change.task?.refusal === null) return movingMs;
  if (change.state === "expired" || (change.state === "cancelled" && change.appliedAt === null)) return false;
  const delays = change.runs.flatMap((run) =>
    run.operations.map((operation) => delayOf(operation, run, nowMs)),
  );
  const soonest = Math.min(...delays);
  if (Number.isFinite(soonest)) return soonest;
  const waits = unapplied.has(change.state) || change.counts.held > 0;
  return change.state === "applying" || waits ? quietMs : false;
}

function delayOf(operation: OperationView, run: RunView, nowMs: number): number {
  const dueMs = dueOf(operation, run, nowMs);
  if (dueMs === null) return Number.POSITIVE_INFINITY;
  const aheadMs = dueMs - nowMs;
  if (aheadMs > 0) return Math.min(Math.max(aheadMs, movingMs), quietMs);
  if (-aheadMs > overdueQuietMs) return quietMs;
  return -aheadMs > overdueSlowMs ? slowMs : movingMs;
}

/** The time of the next automatic step; null if a person has to act first. */
function dueOf(operation: OperationView, run: RunView, nowMs: number): number | null {
  switch (operation.state) {
    case "sent":
      return nowMs;
    case "queued":
    case "unknown":
      if (run.state === "paused") return null;
      return Math.max(Date.parse(operation.nextAt), run.state === "queued" ? Date.parse(run.nextAt) : 0);
    case "accepted":
      return operation.confirmAt === null ? nowMs : Date.parse(operation.confirmAt);
    default:
      return null;
  }
}
