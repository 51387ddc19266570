"use client";

import { X } from "lucide-react";
import { ConditionEditor, firstCondition } from "@/components/roster/condition-editor";
import type { KnownNames } from "@/components/roster/known-names";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { Condition } from "@/lib/roster/policy/condition";
import { KeepFocus } from "@/components/ui/keep-focus";

type ClauseEditorProps = {
  label: string;
  value: readonly Condition[];
  onChange: (clause: Condition[]) => void;
  names: KnownNames;
};

/** Conditions that must all hold. */
export function ClauseEditor({ label, value, onChange, names }: ClauseEditorProps) {
  return (
    <KeepFocus of={value.length} label={label} className="flex flex-col gap-3">
      {value.map((condition, at) => (
        <div key={at} className="flex items-end gap-2">
          <ConditionEditor
            value={condition}
            onChange={(next) => onChange(value.with(at, next))}
            names={names}
          />
          <IconButton
            label={`Remove condition ${at + 1}`}
            isDisabled={value.length === 1}
            onPress={() => onChange(value.toSpliced(at, 1))}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <div>
        <Button size="small" onPress={() => onChange([...value, firstCondition])}>
          Add a condition
        </Button>
      </div>
    </KeepFocus>
  );
}
