import { toShownValue } from "@/components/changes/model/shown-value";
import type { FieldChange } from "@/components/ui/field-diff";
import { attributes, isAttributeKey } from "@/lib/knowbe4/attributes";
import { GROUP_FIELD, isMembership } from "@/lib/engine/drift/drift-field";
import type { DecidedDrift } from "@/lib/engine/drift/types";

type Step = { field: string; before: string | null; after: string | null };

/** A difference in the form that the diff components take: accounts and groups in words, attributes by label. */
export function toDriftChange({ field, before, after }: Step): FieldChange {
  if (field === "appeared") return { field: "Account", before: null, after: after ?? "there" };
  if (field === "vanished") return { field: "Account", before: before ?? "there", after: null };
  return {
    field: toFieldName(field),
    before: toShownValue(field, before),
    after: toShownValue(field, after),
  };
}

/** "Job title", "State", "Account", "Membership", "Group". */
export function toFieldName(field: string): string {
  if (isMembership(field)) return "Membership";
  if (field === GROUP_FIELD) return "Group";
  if (isAttributeKey(field)) return attributes[field].label;
  return field === "active" ? "State" : "Account";
}

/** True if the console's value can always be accepted: not for addresses, existence and groups. */
export function canBeLeft({ field }: Pick<Step, "field">): boolean {
  return isMembership(field) || (isAttributeKey(field) && field !== "userName");
}

/** The decision, and for a value to put back how far its change is: nothing is put back by deciding it. */
export function toDecisionWords({ state, change }: Pick<DecidedDrift, "state" | "change">): string {
  if (state === "accepted") return "Accepted into the roster";
  if (state === "always") return "Left to the tenant";
  switch (change?.state) {
    case "applying":
      return "Being put back";
    case "done":
      return "Put back";
    case "failed":
      return "Could not be put back";
    case "cancelled":
    case "expired":
      return "Not put back: its plan ended unapplied";
    default:
      return "To be put back once the plan is applied";
  }
}
