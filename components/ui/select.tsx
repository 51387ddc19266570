"use client";

import { ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  Select as AriaSelect,
  type SelectProps as AriaProps,
  Button,
  SelectValue,
} from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { FieldHelp, FieldLabel, inputStyles } from "@/components/ui/field-parts";
import { type Option, OptionList } from "@/components/ui/option-list";

type SelectProps = Omit<AriaProps<Option>, "children" | "className" | "style"> & {
  label: string;
  options: readonly Option[];
  description?: ReactNode;
  /** In a row of filters, where the value says enough: "Any state". */
  isLabelHidden?: boolean;
  className?: string;
};

/** One of a few. `name` makes a form send the chosen option's id; `placeholder` shows while none is chosen. */
export function Select({ label, options, description, isLabelHidden, className, ...props }: SelectProps) {
  return (
    <AriaSelect placeholder="Choose" {...props} className={cx("flex flex-col gap-1", className)}>
      <FieldLabel isRequired={props.isRequired} isHidden={isLabelHidden}>
        {label}
      </FieldLabel>
      <Button className={cx(inputStyles, "flex cursor-default items-center gap-2 text-left")}>
        <SelectValue className="flex-1 truncate data-placeholder:text-ink-3">
          {({ isPlaceholder, defaultChildren, selectedText }) =>
            isPlaceholder ? defaultChildren : selectedText
          }
        </SelectValue>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-3" />
      </Button>
      <FieldHelp description={description} />
      <OptionList options={options} emptyText="Nothing to choose from." />
    </AriaSelect>
  );
}
