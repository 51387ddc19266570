"use client";

import type { ReactNode } from "react";
import { type SwitchFieldProps as AriaProps, SwitchButton, SwitchField } from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { FieldHelp } from "@/components/ui/field-parts";

type SwitchProps = Omit<AriaProps, "children" | "className" | "style"> & {
  children: ReactNode;
  description?: ReactNode;
  className?: string;
};

/** On or off, in force at once; inside a form that is sent later a Checkbox is clearer. */
export function Switch({ children, description, className, ...props }: SwitchProps) {
  return (
    <SwitchField {...props} className={cx("flex flex-col items-start", className)}>
      <SwitchButton className="group flex min-h-6 cursor-default items-center gap-2 text-13 text-ink disabled:opacity-50">
        <span className="quick flex h-5 w-9 shrink-0 items-center rounded-full border border-edge bg-sunken px-0.5 outline-offset-2 outline-focus group-selected:border-accent group-selected:bg-accent group-focus-visible:outline-2">
          <span className="quick size-3.5 rounded-full bg-edge group-selected:translate-x-4 group-selected:bg-accent-ink" />
        </span>
        {children}
      </SwitchButton>
      <FieldHelp description={description} className="ml-11" />
    </SwitchField>
  );
}
