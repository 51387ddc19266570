import type { Word } from "@/components/words/word";
import type { EntryRow } from "@/lib/roster/dto";
import type { GuardKind } from "@/lib/roster/model/guard-kinds";
import type { Owner } from "@/lib/roster/policy/policy";
import type { SampleOrigin } from "@/lib/roster/sample";
import type { SourceName } from "@/lib/roster/model/types";

export const sourceWords: Record<SourceName, string> = {
  inventory: "Inventory",
  operator: "Operators",
  csv: "CSV file",
};

export const guardWords: Record<GuardKind, { word: string; meaning: string }> = {
  protected: { word: "Protected", meaning: "An archive of this person is held for another operator." },
  admin: {
    word: "Console admin",
    meaning: "KnowBe4 archives no console admin: their functions are taken away in the console first.",
  },
  excluded: {
    word: "Excluded",
    meaning: "Provisioning Managed is false: nothing is written, and absence says nothing.",
  },
};

export const ownerWords: Record<Owner, { word: string; meaning: string }> = {
  source: { word: "Source", meaning: "An operator's value stands until the source delivers one." },
  operator: { word: "Operators", meaning: "An operator's value stands, whatever the source delivers." },
  tenant: { word: "KnowBe4 console", meaning: "Nothing here writes it." },
};

export const originWords: Record<SampleOrigin, string> = {
  operator: "decided by an operator",
  rule: "by the rule",
  nothing: "nothing is said, so it is left alone",
  unmapped: "not mapped, never touched",
  protected: "protected, never touched",
  console: "the console's own, never touched",
};

/** Whether somebody is to be in the tenant, as the roster says it. */
export function toEntryWord({ active, absentAt }: Pick<EntryRow, "active" | "absentAt">): Word {
  if (!active) return { kind: "neutral", word: "Left" };
  return absentAt ? { kind: "held", word: "Absent" } : { kind: "confirmed", word: "Active" };
}
