"use client";

import type { ReactNode } from "react";
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaProps,
} from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { FieldHelp, FieldLabel, inputStyles } from "@/components/ui/fields/field-parts";

type TextAreaProps = Omit<AriaProps, "children" | "className" | "style" | "type"> & {
  label: string;
  description?: ReactNode;
  placeholder?: string;
  rows?: number;
  isCode?: boolean;
  className?: string;
};

export function TextArea(props: TextAreaProps) {
  const { label, description, placeholder, rows = 3, isCode, className, ...field } = props;
  return (
    <AriaTextField {...field} className={cx("flex flex-col gap-1", className)}>
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
