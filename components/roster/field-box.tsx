"use client";

import { ComboBox } from "@/components/ui/fields/combo-box";

type FieldBoxProps = {
  label: string;
  value: string;
  onChange: (name: string) => void;
  /** Known names; any other can be typed. */
  names: readonly string[];
  className?: string;
};

/** The name of a roster field or group: a known one, or one that a source will deliver later. */
export function FieldBox({ label, value, onChange, names, className }: FieldBoxProps) {
  return (
    <ComboBox
      label={label}
      options={names.map((name) => ({ id: name, label: name }))}
      inputValue={value}
      onInputChange={onChange}
      allowsCustomValue
      className={className}
    />
  );
}
