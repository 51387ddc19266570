"use client";

import { AttributeField } from "@/components/changes/new-change/attribute-field";
import { toShownValue } from "@/components/changes/model/shown-value";
import { Checkbox } from "@/components/ui/fields/checkbox";
import type { Account } from "@/lib/directory/types";
import { type AttributeKey, attributes } from "@/lib/knowbe4/attributes";

type ChangedAttributeProps = {
  attribute: AttributeKey;
  /** The accounts to update. */
  accounts: readonly Account[];
  isCleared: boolean;
  onClear: (isCleared: boolean) => void;
};

/** An attribute's new value, its current one, and a way to clear it. */
export function ChangedAttribute({ attribute, accounts, isCleared, onClear }: ChangedAttributeProps) {
  const { label } = attributes[attribute];
  const values = accounts.map((account) => toShownValue(attribute, account.attributes[attribute] ?? null));
  const now = toNowText(values);
  const isEmpty = values.every((value) => !value);
  return (
    <div className="relative">
      <AttributeField
        attribute={attribute}
        isDisabled={isCleared}
        description={isCleared ? `${now} It will be cleared.` : now}
      />
      {isEmpty && !isCleared ? null : (
        <Checkbox
          name={`clear.${attribute}`}
          isSelected={isCleared}
          onChange={onClear}
          aria-label={`Clear ${label.toLowerCase()}`}
          className="absolute -top-1 right-0"
        >
          Clear
        </Checkbox>
      )}
    </div>
  );
}

/** The accounts' current values: one, several or none. */
function toNowText(values: readonly (string | null)[]): string {
  const distinct = [...new Set(values.map((value) => value || null))];
  const [only] = distinct;
  if (distinct.length === 0) return "";
  if (distinct.length === 1) return only ? `Now ${only}.` : "Now empty.";
  return `Now ${distinct.map((value) => value ?? "empty").join(" or ")}.`;
}
