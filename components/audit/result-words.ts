import { operationStateWords } from "@/components/words/operation-words";
import type { Word } from "@/components/words/word";
import { catalogue } from "@/lib/knowbe4/catalogue";

/** An event's result in words; for a plain success the action decides the word. */
export function toResultWord(action: string, result: string | null): Word {
  if (result === null || result === "ok") return wordOfAction(action);
  const known = Object.hasOwn(wordsOfResults, result) ? wordsOfResults[result] : undefined;
  if (known) return known;
  const word = `${result.charAt(0).toUpperCase()}${result.slice(1)}`.replace(/[-_]/g, " ");
  return Object.hasOwn(catalogue, result) ? { kind: "failed", word } : { kind: "neutral", word: result };
}

const done: Word = { kind: "neutral", word: "Done", icon: "check" };

/** Ladder states keep their colours; others are neutral. */
const wordsOfActions: Record<string, Word> = {
  "operation.accepted": operationStateWords.accepted,
  "operation.confirmed": operationStateWords.confirmed,
  "operation.failed": operationStateWords.failed,
  "operation.skipped": operationStateWords.skipped,
  "operation.unknown": operationStateWords.unknown,
  "change.planned": operationStateWords.planned,
  "change.cancelled": operationStateWords.cancelled,
  "change.discarded": { kind: "neutral", word: "Discarded", icon: "ban" },
  "access.denied": { kind: "failed", word: "Refused" },
};

function wordOfAction(action: string): Word {
  return wordsOfActions[action] ?? done;
}

const wordsOfResults: Record<string, Word> = {
  done,
  whole: { kind: "confirmed", word: "Intact" },
  broken: { kind: "failed", word: "Broken" },
  refused: { kind: "failed", word: "Refused" },
  failed: operationStateWords.failed,
  cancelled: { kind: "neutral", word: "Cancelled", icon: "ban" },
  skipped: { kind: "neutral", word: "Skipped", icon: "circle-slash" },
  expired: { kind: "neutral", word: "Expired", icon: "timer-off" },
};
