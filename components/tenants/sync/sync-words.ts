import type { Word } from "@/components/words/word";

/** How a sync ended, as a person reads it; the codes are those of lib/changes/steering/sync-reconcile.ts. */
const words: Record<string, Word & { text: string }> = {
  read: { kind: "confirmed", word: "Read", text: "The directory was read; nothing else was to be done." },
  "in-step": { kind: "confirmed", word: "In step", text: "The directory holds what the roster says." },
  applied: { kind: "sent", word: "Applied", text: "The roster was applied with a change." },
  held: { kind: "held", word: "Held", text: "All that the roster asks for is held by a rail." },
  unchanged: {
    kind: "held",
    word: "Unchanged",
    text: "The roster asks for what an earlier sync planned and could not bring about. It is planned again after a day.",
  },
  busy: {
    kind: "queued",
    word: "Read",
    text: "A change is under way here or was not seen yet, so the roster was not applied. The next sync looks again.",
  },
  failed: { kind: "failed", word: "Failed", text: "The sync could not be planned. The audit log says why." },
};

const unknown: Word & { text: string } = { kind: "neutral", word: "Ended", text: "" };

export function toSyncWord(result: string): Word & { text: string } {
  return Object.hasOwn(words, result) ? (words[result] ?? unknown) : unknown;
}
