import { toShownValue } from "@/components/changes/shown-value";
import type { FieldChange } from "@/components/ui/field-diff";
import { attributes, isAttributeKey } from "@/lib/knowbe4/attributes";
import type { DecidedDrift } from "@/lib/provisioning/drift/types";

type Step = { field: string; before: string | null; after: string | null };

/** A difference as the diff components draw it: who came or went is said in words, an attribute by its label. */
export function toDriftChange({ field, before, after }: Step): FieldChange {
  if (field === "appeared") return { field: "Account", before: null, after: after ?? "there" };
  if (field === "vanished") return { field: "Account", before: before ?? "there", after: null };
  return {
    field: toFieldName(field),
    before: toShownValue(field, before),
    after: toShownValue(field, after),
  };
}

/** "Job title", "State", "Account". */
export function toFieldName(field: string): string {
  if (isAttributeKey(field)) return attributes[field].label;
  return field === "active" ? "State" : "Account";
}

/** Whether a field can be left to the tenant's console: the address and being there cannot. */
export function canBeLeft(field: string): boolean {
  return isAttributeKey(field) && field !== "userName";
}

/** Whether a change can set it back: whom people are matched by, and who is gone, cannot. */
export function canBePutBack(field: string): boolean {
  return field !== "userName" && field !== "externalId" && field !== "vanished";
}

/** What was decided, in one word or two. */
export const decisionWords: Record<DecidedDrift["state"], string> = {
  accepted: "Accepted into the roster",
  put_back: "To be put back",
  always: "Left to the tenant",
};
