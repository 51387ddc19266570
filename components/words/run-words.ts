import { Ban, CircleSlash, Hourglass, Pause } from "lucide-react";
import type { Word } from "@/components/words/word";
import type { OperationCounts, RunState } from "@/lib/changes/model/states";

export type RunStanding = { state: RunState; reason: string | null; counts: OperationCounts };

/** A run has ended when nothing of it is left to send; what it sent may still have to be seen. */
export function toRunWord({ state, reason, counts }: RunStanding): Word {
  switch (state) {
    case "planned":
      return reason
        ? { kind: "neutral", word: "Refused", Icon: CircleSlash }
        : { kind: "queued", word: "Planned" };
    case "queued":
      return reason
        ? { kind: "queued", word: "Waiting", Icon: Hourglass }
        : { kind: "queued", word: "Queued" };
    case "paused":
      return { kind: "held", word: "Paused", Icon: Pause };
    case "running":
      return reason
        ? { kind: "queued", word: "Waiting", Icon: Hourglass }
        : { kind: "sent", word: "Applying" };
    case "done":
      return toDoneWord(counts);
    case "failed":
      return { kind: "failed", word: `${counts.failed.toLocaleString("en-GB")} failed` };
    case "cancelled":
      return { kind: "neutral", word: "Cancelled", Icon: Ban };
  }
}

function toDoneWord(counts: OperationCounts): Word {
  if (counts.accepted > 0) return { kind: "accepted", word: "Waiting to be seen" };
  if (counts.held > 0) return { kind: "held", word: "Held" };
  return { kind: "confirmed", word: "Done" };
}
