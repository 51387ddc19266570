import { userNameKey } from "@/lib/knowbe4/user-name-key";
import type { RosterEntry } from "@/lib/roster/model/types";

/** A person as conditions and expressions see them. */
export type PersonView = {
  /** Null where the value is absent or blank. */
  field: (name: string) => string | null;
  /** Names of roster groups, before the name map. */
  groups: readonly string[];
};

/** Fields that everybody has, whatever their source delivers. */
export const knownFields = ["userName", "domain", "source"] as const;

/** Combines an entry's source values with the operators' decisions; cleared ones are blank. */
export function toPersonView(entry: RosterEntry): PersonView {
  return { field: (name) => readField(entry, name), groups: entry.groups };
}

function readField({ fields, overrides, userName, source }: RosterEntry, name: string): string | null {
  if (Object.hasOwn(overrides, name)) return overrides[name]?.trim() ? (overrides[name] ?? null) : null;
  const said = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (said !== undefined && said.trim() !== "") return said;
  if (name === "userName") return userName;
  if (name === "domain") return /@(.+)$/.exec(userNameKey(userName))?.[1] ?? null;
  return name === "source" ? source : null;
}
