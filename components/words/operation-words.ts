import type { StatusKind } from "@/components/ui/status-kinds";
import type { Word } from "@/components/words/word";
import type { OperationKind } from "@/lib/changes/model/plan-types";
import type { OperationState } from "@/lib/changes/model/states";

export const operationStateWords: Record<OperationState, Word> = {
  planned: { kind: "queued", word: "Planned" },
  held: { kind: "held", word: "Held" },
  queued: { kind: "queued", word: "Queued" },
  sent: { kind: "sent", word: "Sent" },
  /** Rollcall reads before it sends again, so nobody has to act. */
  unknown: { kind: "sent", word: "Reply lost", icon: "circle-question-mark" },
  accepted: { kind: "accepted", word: "Accepted" },
  confirmed: { kind: "confirmed", word: "Confirmed" },
  failed: { kind: "failed", word: "Failed" },
  skipped: { kind: "neutral", word: "Skipped", icon: "circle-slash" },
  cancelled: { kind: "neutral", word: "Cancelled", icon: "ban" },
};

/** What an operation does: its sign, its verb, and its colour in the plan's counts. */
export const operationKindWords: Record<OperationKind, { glyph: string; verb: string; kind: StatusKind }> = {
  create: { glyph: "+", verb: "create", kind: "confirmed" },
  link: { glyph: "⇄", verb: "link", kind: "accepted" },
  update: { glyph: "~", verb: "update", kind: "sent" },
  restore: { glyph: "↺", verb: "restore", kind: "confirmed" },
  archive: { glyph: "⊟", verb: "archive", kind: "held" },
  group_create: { glyph: "+", verb: "create group", kind: "confirmed" },
  members_add: { glyph: "+", verb: "add to group", kind: "sent" },
  members_remove: { glyph: "−", verb: "remove from group", kind: "sent" },
};
