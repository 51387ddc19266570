"use client";

import { ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  ComboBox as AriaComboBox,
  type ComboBoxProps as AriaProps,
  Button,
  Group,
  Input,
} from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { FieldHelp, FieldLabel, inputStyles } from "@/components/ui/field-parts";
import { type Option, OptionList } from "@/components/ui/option-list";

type ComboBoxProps = Omit<
  AriaProps<Option>,
  "children" | "className" | "style" | "defaultItems" | "items"
> & {
  label: string;
  options: readonly Option[];
  description?: ReactNode;
  placeholder?: string;
  className?: string;
};

/** One of many, found by typing a part of its label. A form sends the option's id, not the typed text. */
export function ComboBox({ label, options, description, placeholder, className, ...props }: ComboBoxProps) {
  return (
    <AriaComboBox
      {...props}
      defaultItems={options}
      formValue={props.formValue ?? "key"}
      menuTrigger={props.menuTrigger ?? "focus"}
      allowsEmptyCollection
      className={cx("flex flex-col gap-1", className)}
    >
      <FieldLabel isRequired={props.isRequired}>{label}</FieldLabel>
      <Group className="relative">
        <Input placeholder={placeholder} className={cx(inputStyles, "pr-9")} />
        <Button className="absolute inset-y-0 right-0 flex w-8 items-center justify-center rounded-2 text-ink-3">
          <ChevronsUpDown aria-hidden className="size-4" />
        </Button>
      </Group>
      <FieldHelp description={description} />
      <OptionList emptyText="Nothing matches." />
    </AriaComboBox>
  );
}
