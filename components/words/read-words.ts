import { RefreshCw } from "lucide-react";
import type { Word } from "@/components/words/word";
import type { ReadRow } from "@/lib/directory/types";

export const readStateWords: Record<ReadRow["state"], Word> = {
  queued: { kind: "queued", word: "Waiting for a worker" },
  running: { kind: "sent", word: "Reading", Icon: RefreshCw },
  complete: { kind: "confirmed", word: "Read whole" },
  failed: { kind: "failed", word: "Failed" },
};
