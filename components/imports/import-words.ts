import type { Word } from "@/components/words/word";
import type { ImportMode, ImportState, ImportSummary } from "@/lib/imports/types";

const words: Record<ImportState, Word> = {
  reading: { kind: "sent", word: "Being read", icon: "loader-circle" },
  read: { kind: "queued", word: "To be checked", icon: "file-search" },
  checked: { kind: "accepted", word: "Checked", icon: "file-check" },
  failed: { kind: "failed", word: "Not read", icon: "file-x" },
  discarded: { kind: "neutral", word: "Discarded", icon: "ban" },
};

/** Beyond this the process that read it is gone. */
const readingMinutesMax = 30;

/** An import's state; one that is read for longer than any file takes was left behind. */
export function toImportWord({ state, createdAt }: ImportSummary, now: Date): Word {
  return isLeftBehind({ state, createdAt }, now) ? words.failed : words[state];
}

export function isLeftBehind(
  { state, createdAt }: Pick<ImportSummary, "state" | "createdAt">,
  now: Date,
): boolean {
  return state === "reading" && now.getTime() - createdAt.getTime() > readingMinutesMax * 60_000;
}

export const importModeWords: Record<ImportMode, { word: string; text: string }> = {
  merge: {
    word: "Add and update",
    text: "The people in this file are added or updated. Whoever is not in it stays as they are.",
  },
  full: {
    word: "Everybody",
    text: "This file names everybody who should be in the tenant. Whoever came from an earlier file or from the inventory and is not in this one is planned to be archived; people whom operators added stay.",
  },
};
