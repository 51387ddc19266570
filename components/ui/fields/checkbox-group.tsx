"use client";

import type { ReactNode } from "react";
import {
  CheckboxGroup as AriaCheckboxGroup,
  type CheckboxGroupProps as AriaProps,
} from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { FieldHelp, FieldLabel } from "@/components/ui/fields/field-parts";

type CheckboxGroupProps = Omit<AriaProps, "children" | "className" | "style"> & {
  label: string;
  description?: ReactNode;
  className?: string;
  /** Checkbox elements, each with a `value`. */
  children: ReactNode;
};

/** A form sends every ticked value under the one `name`; read it with formData.getAll. */
export function CheckboxGroup({ label, description, className, children, ...props }: CheckboxGroupProps) {
  return (
    <AriaCheckboxGroup {...props} className={cx("flex flex-col gap-1", className)}>
      <FieldLabel isRequired={props.isRequired}>{label}</FieldLabel>
      {children}
      <FieldHelp description={description} />
    </AriaCheckboxGroup>
  );
}
