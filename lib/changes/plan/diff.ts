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
 * The attributes that have to be written so that `wanted` holds. What is not named in `wanted` is never touched
 * (KnowBe4's Okta guide: what is not mapped is not updated), and values that mean the same are not written again.
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

/** Whether anything differs, over the named attributes alone: of a hundred thousand people nearly all are as wanted. */
export function hasDifference(wanted: AttributeChanges, standing: AttributeValues): boolean {
  for (const name in wanted) {
    const key = name as AttributeKey;
    const after = wanted[key];
    if (after !== undefined && !isSame(key, standing[key] ?? null, after)) return true;
  }
  return false;
}

/**
 * The same as rows a person reads. In the dialect's order and not the intent's: the database keeps intents as jsonb,
 * which forgets the order of keys, and a plan that is made again must come out the same.
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
