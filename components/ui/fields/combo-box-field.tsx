"use client";

import { ChevronsUpDown } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { ComboBox as AriaComboBox, Button, Group, Input } from "react-aria-components";
import type { ComboBoxProps } from "@/components/ui/fields/combo-box";
import { cx } from "@/components/ui/cx";
import { FieldHelp, FieldLabel, inputStyles } from "@/components/ui/fields/field-parts";
import { OptionList } from "@/components/ui/fields/option-list";

type ComboBoxFieldProps = ComboBoxProps & {
  /** False if focus has left the field meanwhile. */
  isFocusedAtFirst: boolean;
  /** False if Enter accepted the typed text before the list arrived. */
  isOpenAtFirst: boolean;
};

/** A ComboBox after its first use. */
export function ComboBoxField(props: ComboBoxFieldProps) {
  const { label, options, isSearched, emptyText, isFocusedAtFirst, className, ...rest } = props;
  const { description, placeholder, isOpenAtFirst, ...box } = rest;
  const [opensBy, setOpensBy] = useState<"focus" | "input">(isOpenAtFirst ? "focus" : "input");
  const group = useRef<HTMLDivElement>(null);
  // Focused in the same commit that renders it, so that no key press is lost. The caret of a field focused this way is
  // before the typed text.
  useLayoutEffect(() => {
    const input = group.current?.querySelector("input");
    if (isFocusedAtFirst) input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }, [isFocusedAtFirst]);
  return (
    <AriaComboBox
      {...box}
      {...(isSearched ? { items: options, defaultFilter: () => true } : { defaultItems: options })}
      formValue={box.formValue ?? "key"}
      menuTrigger={opensBy}
      onBlur={() => setOpensBy("focus")}
      allowsEmptyCollection
      className={cx("flex flex-col gap-1", className)}
    >
      <FieldLabel isRequired={box.isRequired}>{label}</FieldLabel>
      <Group ref={group} className="relative">
        <Input placeholder={placeholder} className={cx(inputStyles, "pr-9")} />
        <Button className="absolute inset-y-0 right-0 flex w-8 items-center justify-center rounded-2 text-ink-3">
          <ChevronsUpDown aria-hidden className="size-4" />
        </Button>
      </Group>
      <FieldHelp description={description} />
      <OptionList emptyText={emptyText ?? "Nothing matches."} />
    </AriaComboBox>
  );
}
