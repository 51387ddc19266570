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
    meaning: "KnowBe4 does not archive console admins. Remove the admin role in the console first.",
  },
  excluded: {
    word: "Excluded",
    meaning: "Provisioning Managed is false: nothing is written, and absence archives nobody.",
  },
};

export const ownerWords: Record<Owner, { word: string; meaning: string }> = {
  source: { word: "Source", meaning: "An operator's value applies until the source delivers one." },
  operator: { word: "Operators", meaning: "An operator's value applies, whatever the source delivers." },
  tenant: { word: "KnowBe4 console", meaning: "Rollcall never writes it." },
};

export const originWords: Record<SampleOrigin, string> = {
  operator: "set by an operator",
  rule: "by the rule",
  nothing: "no value, so it is not changed",
  unmapped: "not mapped, never written",
  protected: "protected, never written",
  console: "owned by the console, never written",
};

/** Whether a person should be in the tenant, according to the roster. */
export function toEntryWord({ active, absentAt }: Pick<EntryRow, "active" | "absentAt">): Word {
  if (!active) return { kind: "neutral", word: "Left" };
  return absentAt ? { kind: "held", word: "Absent" } : { kind: "confirmed", word: "Active" };
}
