"use client";

import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { type CheckboxFieldProps as AriaProps, CheckboxButton, CheckboxField } from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { FieldHelp } from "@/components/ui/fields/field-parts";

type CheckboxProps = Omit<AriaProps, "children" | "className" | "style"> & {
  /** Omitted in table rows, which set `aria-label` instead. */
  children?: ReactNode;
  description?: ReactNode;
  className?: string;
};

/** Alone it sends its `value` under `name`; inside a CheckboxGroup the group's name is used. */
export function Checkbox({ children, description, className, ...props }: CheckboxProps) {
  return (
    <CheckboxField {...props} className={cx("flex flex-col items-start", className)}>
      <CheckboxButton className="group flex min-h-6 cursor-default items-start gap-2 py-0.5 text-13 text-ink disabled:opacity-50">
        <span className="quick mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-1 border border-edge bg-surface text-accent-ink outline-offset-2 outline-focus group-hover:border-ink-2 group-selected:border-accent group-selected:bg-accent group-indeterminate:border-accent group-indeterminate:bg-accent group-invalid:border-failed group-focus-visible:outline-2">
          {props.isIndeterminate ? (
            <Minus aria-hidden strokeWidth={3} className="size-3" />
          ) : (
            <Check aria-hidden strokeWidth={3} className="invisible size-3 group-selected:visible" />
          )}
        </span>
        {children}
      </CheckboxButton>
      <FieldHelp description={description} className="ml-6" />
    </CheckboxField>
  );
}
