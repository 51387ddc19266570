import type { Word } from "@/components/words/word";
import type { IntentKind } from "@/lib/changes/model/intent";
import type { ChangeStanding } from "@/lib/changes/model/states";

export const changeStandingWords: Record<ChangeStanding, Word> = {
  planning: { kind: "queued", word: "Planning" },
  ready: { kind: "queued", word: "Plan ready" },
  scheduled: { kind: "queued", word: "Scheduled", icon: "calendar-clock" },
  applying: { kind: "sent", word: "Applying" },
  paused: { kind: "held", word: "Paused", icon: "pause" },
  waiting: { kind: "accepted", word: "Awaiting confirmation" },
  confirmed: { kind: "confirmed", word: "Confirmed" },
  failed: { kind: "failed", word: "Failed" },
  held: { kind: "held", word: "Held" },
  cancelled: { kind: "neutral", word: "Cancelled", icon: "ban" },
  expired: { kind: "neutral", word: "Expired", icon: "timer-off" },
};

/** A title that says what is done, also if a person wrote another beginning. */
export function toNamedTitle({ kind, title }: { kind: IntentKind; title: string }): string {
  const verb = changeKindWords[kind];
  return title.startsWith(verb) ? title : `${verb} ${title}`;
}

export const changeKindWords: Record<IntentKind, string> = {
  onboard: "Onboard",
  update: "Update",
  offboard: "Offboard",
  restore: "Restore",
  import: "Import",
  reconcile: "Reconcile",
  undo: "Undo",
  retry: "Retry",
};
