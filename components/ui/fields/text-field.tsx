"use client";

import type { ReactNode } from "react";
import { TextField as AriaTextField, type TextFieldProps as AriaProps, Input } from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { FieldHelp, FieldLabel, inputStyles } from "@/components/ui/fields/field-parts";

type TextFieldProps = Omit<AriaProps, "children" | "className" | "style"> & {
  label: string;
  description?: ReactNode;
  placeholder?: string;
  /** For tokens, URLs and ids: monospaced, without spell checking or capitalization. */
  isCode?: boolean;
  className?: string;
};

/** One line of text. For a secret use `type="password"` with `autoComplete="off"`: pasting always works. */
export function TextField({ label, description, placeholder, isCode, className, ...props }: TextFieldProps) {
  const plain = isCode ? { spellCheck: "false" as const, autoCapitalize: "off", autoCorrect: "off" } : {};
  return (
    <AriaTextField {...plain} {...props} className={cx("flex flex-col gap-1", className)}>
      <FieldLabel isRequired={props.isRequired}>{label}</FieldLabel>
      <Input placeholder={placeholder} className={cx(inputStyles, isCode && "font-mono text-12")} />
      <FieldHelp description={description} />
    </AriaTextField>
  );
}
