import type { Word } from "@/components/words/word";
import { readingMinutesMax } from "@/lib/imports/import-life";
import type { ImportMode, ImportState, ImportSummary } from "@/lib/imports/types";

const words: Record<ImportState, Word> = {
  reading: { kind: "sent", word: "Being read", icon: "loader-circle" },
  read: { kind: "queued", word: "To be checked", icon: "file-search" },
  checked: { kind: "accepted", word: "Checked", icon: "file-check" },
  failed: { kind: "failed", word: "Not read", icon: "file-x" },
  discarded: { kind: "neutral", word: "Discarded", icon: "ban" },
  finished: { kind: "confirmed", word: "Finished", icon: "check" },
  expired: { kind: "neutral", word: "Expired", icon: "circle-slash" },
};

/** An import's state. A read that takes longer than any file needs counts as abandoned. */
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
    text: "People in this file are added or updated. Others are not changed.",
  },
  full: {
    word: "Everybody",
    text: "This file lists everybody who should be in the tenant. People from an earlier file or the inventory who are absent here are planned for archiving; people added by operators stay.",
  },
};
