import type { Word } from "@/components/words/word";
import type { ReadRow } from "@/lib/directory/types";

export const readStateWords: Record<ReadRow["state"], Word> = {
  queued: { kind: "queued", word: "Waiting for a worker" },
  running: { kind: "sent", word: "Reading", icon: "refresh-cw" },
  complete: { kind: "confirmed", word: "Full read" },
  failed: { kind: "failed", word: "Failed" },
};
