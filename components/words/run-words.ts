import type { Word } from "@/components/words/word";
import type { OperationCounts, RunState } from "@/lib/changes/model/states";

export type RunStanding = { state: RunState; reason: string | null; counts: OperationCounts };

/** A run has ended when everything is sent; some of it may still await confirmation. */
export function toRunWord({ state, reason, counts }: RunStanding): Word {
  switch (state) {
    case "planned":
      return reason
        ? { kind: "neutral", word: "Refused", icon: "circle-slash" }
        : { kind: "queued", word: "Planned" };
    case "queued":
      return reason
        ? { kind: "queued", word: "Waiting", icon: "hourglass" }
        : { kind: "queued", word: "Queued" };
    case "paused":
      return { kind: "held", word: "Paused", icon: "pause" };
    case "running":
      return reason
        ? { kind: "queued", word: "Waiting", icon: "hourglass" }
        : { kind: "sent", word: "Applying" };
    case "done":
      return toDoneWord(counts);
    case "failed":
      return { kind: "failed", word: `${counts.failed.toLocaleString("en-GB")} failed` };
    case "cancelled":
      return { kind: "neutral", word: "Cancelled", icon: "ban" };
  }
}

function toDoneWord(counts: OperationCounts): Word {
  if (counts.accepted > 0) return { kind: "accepted", word: "Awaiting confirmation" };
  if (counts.held > 0) return { kind: "held", word: "Held" };
  return { kind: "confirmed", word: "Done" };
}
