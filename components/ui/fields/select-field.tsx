"use client";

import { ChevronsUpDown } from "lucide-react";
import { useRef, useState } from "react";
import { Select as AriaSelect, Button, SelectValue } from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { FieldHelp, FieldLabel, inputStyles } from "@/components/ui/fields/field-parts";
import { OptionList } from "@/components/ui/fields/option-list";
import type { SelectProps } from "@/components/ui/fields/select";

/** A Select after its first use: it takes focus as it renders and opens then, so that closing it returns focus. */
export function SelectField(props: SelectProps) {
  const { label, options, description, isLabelHidden, className, onChange, ...select } = props;
  const [isOpen, setIsOpen] = useState(false);
  const wasOpened = useRef(false);

  function openAtFirst() {
    if (!wasOpened.current) setIsOpen(true);
    wasOpened.current = true;
  }

  return (
    <AriaSelect
      placeholder="Choose"
      {...select}
      onChange={(key) => (key === null ? undefined : onChange?.(String(key)))}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onFocus={openAtFirst}
      autoFocus
      className={cx("flex flex-col gap-1", className)}
    >
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
