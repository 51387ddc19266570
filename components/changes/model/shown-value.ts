import type { FieldChange } from "@/components/ui/field-diff";
import { attributes, isAttributeKey } from "@/lib/knowbe4/attributes";
import type { FieldDifference } from "@/lib/changes/model/plan-types";

/** A value as people write it. A date without a time is stored as midnight UTC, so the time is not shown. */
export function toShownValue(field: string, value: string | null): string | null {
  if (field === "active") return value === "true" ? "active" : "archived";
  const isDate = isAttributeKey(field) && attributes[field].kind === "date";
  return isDate && value !== null ? value.replace(/T00:00:00Z$/, "") : value;
}

/** Stored differences in the form that the diff components take. */
export function toFieldChanges(differences: readonly FieldDifference[]): FieldChange[] {
  return differences.map(({ field, label, before, after }) => ({
    field: field === "active" ? "State" : label,
    before: toShownValue(field, before),
    after: toShownValue(field, after),
  }));
}
