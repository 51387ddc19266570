"use client";

import { FieldBox } from "@/components/roster/field-box";
import { isWords } from "@/components/roster/condition-words";
import type { KnownNames } from "@/components/roster/known-names";
import { Select } from "@/components/ui/fields/select";
import { TextField } from "@/components/ui/fields/text-field";
import type { Condition } from "@/lib/roster/policy/condition";

type ConditionEditorProps = { value: Condition; onChange: (condition: Condition) => void; names: KnownNames };

const choices = Object.entries(isWords).map(([id, label]) => ({ id, label }));

/** The condition that a new line starts with. */
export const firstCondition: Condition = { kind: "compare", field: "department", is: "equal", value: "" };

/** One condition: field, comparison and value. */
export function ConditionEditor({ value, onChange, names }: ConditionEditorProps) {
  return (
    <div className="grid flex-1 items-end gap-2 sm:grid-cols-3">
      {value.kind === "member" ? (
        <p className="self-center text-ink-2 max-sm:hidden">The person</p>
      ) : (
        <FieldBox
          label="Field"
          value={value.field}
          onChange={(field) => onChange({ ...value, field })}
          names={names.fields}
        />
      )}
      <Select
        label="Condition"
        options={choices}
        value={value.is}
        onChange={(is) => onChange(toCondition(value, String(is)))}
      />
      {value.kind === "compare" ? (
        <TextField
          label="Text"
          value={value.value}
          onChange={(text) => onChange({ ...value, value: text })}
          autoComplete="off"
        />
      ) : null}
      {value.kind === "member" ? (
        <FieldBox
          label="Roster group"
          value={value.group}
          onChange={(group) => onChange({ ...value, group })}
          names={names.groups}
        />
      ) : null}
    </div>
  );
}

/** Converts a condition to another kind and keeps the parts that still apply. */
function toCondition(before: Condition, is: string): Condition {
  const field = before.kind === "member" ? "department" : before.field;
  switch (is) {
    case "in":
    case "not-in":
      return { kind: "member", is, group: before.kind === "member" ? before.group : "" };
    case "present":
    case "absent":
      return { kind: "presence", field, is };
    case "not-equal":
    case "contains":
    case "not-contains":
    case "starts":
    case "ends":
    case "equal":
      return { kind: "compare", field, is, value: before.kind === "compare" ? before.value : "" };
    default:
      return before;
  }
}
