import type { Word } from "@/components/words/word";

/** How a sync ended, in words; the codes are those of lib/changes/steering/sync-reconcile.ts. */
const words: Record<string, Word & { text: string }> = {
  read: { kind: "confirmed", word: "Read", text: "The directory was read. Nothing else was needed." },
  "in-step": { kind: "confirmed", word: "Up to date", text: "The directory matches the roster." },
  applied: { kind: "sent", word: "Applied", text: "A change applied the roster." },
  held: { kind: "held", word: "Held", text: "Everything the roster needs is held by a rail." },
  unchanged: {
    kind: "held",
    word: "Unchanged",
    text: "An earlier sync planned the same work without success. It is planned again after a day.",
  },
  busy: {
    kind: "queued",
    word: "Read",
    text: "Another change is running or not confirmed yet, so the roster was not applied. The next sync tries again.",
  },
  failed: { kind: "failed", word: "Failed", text: "The sync could not be planned. The audit log says why." },
};

const unknown: Word & { text: string } = { kind: "neutral", word: "Ended", text: "" };

export function toSyncWord(result: string): Word & { text: string } {
  return Object.hasOwn(words, result) ? (words[result] ?? unknown) : unknown;
}
