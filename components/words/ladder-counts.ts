import type { LadderCounts } from "@/components/ui/ladder-bar";
import type { OperationCounts } from "@/lib/changes/model/states";

/** The ladder's six rungs from all states: skipped and cancelled operations were never on it. */
export function toLadderCounts(counts: OperationCounts): LadderCounts {
  return {
    queued: counts.planned + counts.queued,
    sent: counts.sent + counts.unknown,
    accepted: counts.accepted,
    confirmed: counts.confirmed,
    held: counts.held,
    failed: counts.failed,
  };
}
