import type { Word } from "@/components/words/word";
import type { Fleet } from "@/lib/fleet/types";

export function toFleetWord({ stoppedAt }: Pick<Fleet, "stoppedAt">): Word {
  return stoppedAt ? { kind: "failed", word: "Stopped" } : { kind: "confirmed", word: "Sending" };
}
