"use client";

import type { ReactNode } from "react";
import {
  RadioGroup as AriaRadioGroup,
  type RadioGroupProps as AriaGroupProps,
  type RadioFieldProps as AriaRadioProps,
  RadioButton,
  RadioField,
  Text,
} from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { FieldHelp, FieldLabel } from "@/components/ui/fields/field-parts";

type RadioGroupProps = Omit<AriaGroupProps, "children" | "className" | "style"> & {
  label: string;
  description?: ReactNode;
  className?: string;
  /** Radio elements. */
  children: ReactNode;
};

export function RadioGroup({ label, description, className, children, ...props }: RadioGroupProps) {
  return (
    <AriaRadioGroup {...props} className={cx("flex flex-col gap-1.5", className)}>
      <FieldLabel isRequired={props.isRequired}>{label}</FieldLabel>
      <div className="flex flex-col gap-1 group-orientation-horizontal:flex-row">{children}</div>
      <FieldHelp description={description} />
    </AriaRadioGroup>
  );
}

type RadioProps = Omit<AriaRadioProps, "children" | "className" | "style"> & {
  description?: ReactNode;
  /** `card` draws a border around each choice: for a few important ones, such as a tenant's mode. */
  variant?: "plain" | "card";
  children: ReactNode;
};

export function Radio({ description, variant = "plain", children, ...props }: RadioProps) {
  const card = "rounded-2 border border-line bg-surface p-3 selected:border-accent selected:bg-accent-wash";
  return (
    <RadioField {...props} className={cx("quick flex flex-col items-start", variant === "card" && card)}>
      <RadioButton className="group flex min-h-6 cursor-default items-start gap-2 py-0.5 text-13 text-ink disabled:opacity-50">
        <span className="quick mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-edge bg-surface outline-offset-2 outline-focus group-hover:border-ink-2 group-selected:border-[5px] group-selected:border-accent group-invalid:border-failed group-focus-visible:outline-2" />
        <span className={cx(variant === "card" && "font-medium")}>{children}</span>
      </RadioButton>
      {description ? (
        <Text
          slot="description"
          className={cx("ml-6 text-12", variant === "card" ? "text-ink-2" : "text-ink-3")}
        >
          {description}
        </Text>
      ) : null}
    </RadioField>
  );
}
