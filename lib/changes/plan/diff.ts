import {
  type AttributeChanges,
  type AttributeKey,
  type AttributeValues,
  attributeKeys,
  attributes,
} from "@/lib/knowbe4/attributes";
import { sameAttributeValue } from "@/lib/knowbe4/same-attribute-value";
import type { FieldDifference } from "@/lib/changes/model/plan-types";

/**
 * The attributes to write so that `wanted` holds. Attributes that `wanted` does not name are never touched (KnowBe4's
 * Okta guide: what is not mapped is not updated), and values with the same meaning are not rewritten.
 * @param wanted null clears an attribute.
 */
export function diffAttributes(wanted: AttributeChanges, standing: AttributeValues): AttributeChanges {
  if (!hasDifference(wanted, standing)) return {};
  const changes: AttributeChanges = {};
  for (const key of attributeKeys) {
    const after = wanted[key];
    if (after !== undefined && !isSame(key, standing[key] ?? null, after)) changes[key] = after;
  }
  return changes;
}

/** Whether any of the named attributes differs: of a hundred thousand people nearly all match. */
export function hasDifference(wanted: AttributeChanges, standing: AttributeValues): boolean {
  for (const name in wanted) {
    const key = name as AttributeKey;
    const after = wanted[key];
    if (after !== undefined && !isSame(key, standing[key] ?? null, after)) return true;
  }
  return false;
}

/**
 * The difference as rows for people. Rows follow the dialect's order, not the intent's: jsonb forgets the order of
 * keys, and planning again must give the same plan.
 */
export function toFieldDifferences(changes: AttributeChanges, standing: AttributeValues): FieldDifference[] {
  return attributeKeys.flatMap((key) => {
    const after = changes[key];
    if (after === undefined) return [];
    return [{ field: key, label: attributes[key].label, before: standing[key] ?? null, after }];
  });
}

function isSame(key: AttributeKey, before: string | null, after: string | null): boolean {
  if (before === after) return true;
  if (before === null || after === null) return (before ?? "") === (after ?? "");
  return sameAttributeValue(key, before, after);
}
