"use client";

import { X } from "lucide-react";
import { FieldBox } from "@/components/roster/field-box";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { KeepFocus } from "@/components/ui/keep-focus";

type Pair = [left: string, right: string];

type Side = { label: string; names: readonly string[] };

type PairsEditorProps = {
  /** The label of the whole list. */
  label: string;
  left: Side;
  right: Side;
  pairs: readonly Pair[];
  onChange: (pairs: Pair[]) => void;
  addLabel: string;
  isReadOnly: boolean;
};

/** A list of pairs of names. */
export function PairsEditor({ label, left, right, pairs, onChange, addLabel, isReadOnly }: PairsEditorProps) {
  if (isReadOnly) {
    return (
      <ul className="flex flex-col gap-1 text-ink-2">
        {pairs.map(([a, b], at) => (
          <li key={at}>
            {a} → {b}
          </li>
        ))}
        {pairs.length === 0 ? <li>None.</li> : null}
      </ul>
    );
  }
  return (
    <KeepFocus of={pairs.length} label={label} className="flex flex-col gap-3">
      {pairs.map(([a, b], at) => (
        <div key={at} className="flex items-end gap-2">
          <FieldBox
            label={left.label}
            value={a}
            onChange={(next) => onChange(pairs.with(at, [next, b]))}
            names={left.names}
            className="flex-1"
          />
          <FieldBox
            label={right.label}
            value={b}
            onChange={(next) => onChange(pairs.with(at, [a, next]))}
            names={right.names}
            className="flex-1"
          />
          <IconButton label={`Remove ${a || "this line"}`} onPress={() => onChange(pairs.toSpliced(at, 1))}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <div>
        <Button size="small" onPress={() => onChange([...pairs, ["", ""]])}>
          {addLabel}
        </Button>
      </div>
    </KeepFocus>
  );
}
