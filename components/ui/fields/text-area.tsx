"use client";

import type { ReactNode } from "react";
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaProps,
} from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { FieldHelp, FieldLabel, inputStyles } from "@/components/ui/fields/field-parts";
import { isText, useKeptField } from "@/components/ui/fields/use-kept-field";

type TextAreaProps = Omit<AriaProps, "children" | "className" | "style" | "type"> & {
  label: string;
  description?: ReactNode;
  placeholder?: string;
  rows?: number;
  isCode?: boolean;
  className?: string;
};

export function TextArea(props: TextAreaProps) {
  const { label, description, placeholder, rows = 3, isCode, className, ...rest } = props;
  const { value: given, defaultValue = "", onChange, ...field } = rest;
  const [value, change] = useKeptField({
    facts: { name: field.name, label },
    value: given,
    initial: defaultValue,
    onChange,
    accepts: isText,
  });
  return (
    <AriaTextField
      {...field}
      value={value}
      onChange={change}
      className={cx("flex flex-col gap-1", className)}
    >
      <FieldLabel isRequired={field.isRequired}>{label}</FieldLabel>
      <AriaTextArea
        rows={rows}
        placeholder={placeholder}
        className={cx(inputStyles, "h-auto resize-y py-1.5", isCode && "font-mono text-12")}
      />
      <FieldHelp description={description} />
    </AriaTextField>
  );
}
