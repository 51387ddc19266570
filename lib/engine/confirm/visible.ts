import {
  type AttributeChanges,
  type AttributeKey,
  type AttributeValues,
  attributes,
} from "@/lib/knowbe4/attributes";
import { sameAttributeValue } from "@/lib/knowbe4/same-attribute-value";
import type { StoredIntent } from "@/lib/changes/model/stored-intent";

/** A person as a reading of the tenant or the mirror shows them. */
export type SeenPerson = { active: boolean | null; attributes: AttributeValues };

/**
 * Lists by label what a reading does not show yet of an operation on a person; empty means everything is visible.
 * Values are compared by meaning, because servers change their spelling.
 */
export function missingFrom(operation: { intent: StoredIntent }, seen: SeenPerson): string[] {
  const { intent } = operation;
  switch (intent.kind) {
    case "create":
      return [...missingActivity(seen, true), ...missingAttributes(intent.values, seen.attributes)];
    case "update":
      return missingAttributes(intent.changes, seen.attributes);
    case "archive":
      return missingActivity(seen, false);
    case "restore":
      return missingActivity(seen, true);
    default:
      return [];
  }
}

function missingActivity(seen: SeenPerson, wanted: boolean): string[] {
  if (seen.active === wanted) return [];
  return [`${wanted ? "Active" : "Archived"}${seen.active === null ? " (the tenant does not say)" : ""}`];
}

function missingAttributes(wanted: AttributeChanges, seen: AttributeValues): string[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const key = name as AttributeKey;
    const stored = seen[key] ?? "";
    const same =
      value === null || value === undefined ? stored === "" : sameAttributeValue(key, value, stored);
    return same ? [] : [attributes[key].label];
  });
}
