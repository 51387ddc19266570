"use client";

import { lazy, type ReactNode, startTransition, Suspense, useRef, useState } from "react";
import { ClosedComboBox } from "@/components/ui/fields/closed-combo-box";
import type { Option } from "@/components/ui/fields/option-list";
import { usePart } from "@/components/ui/use-part";

const load = async () => ({
  default: (await import("@/components/ui/fields/combo-box-field")).ComboBoxField,
});
const ComboBoxField = lazy(load);

export type ComboBoxProps = {
  label: string;
  options: readonly Option[];
  /** The options are search results for the typed text, and are shown unfiltered. */
  isSearched?: boolean;
  /** Shown when there is no option: "Nothing matches." */
  emptyText?: string;
  /** The form field's name. */
  name?: string;
  /** Whether a form sends the option's id or the typed text. */
  formValue?: "key" | "text";
  allowsCustomValue?: boolean;
  selectedKey?: string | null;
  defaultSelectedKey?: string;
  onSelectionChange?: (key: string | number | null) => void;
  inputValue?: string;
  defaultInputValue?: string;
  onInputChange?: (text: string) => void;
  onFocus?: () => void;
  isRequired?: boolean;
  description?: ReactNode;
  placeholder?: string;
  className?: string;
};

/**
 * One option out of many, found by typing part of its label. Its list code loads when the field is first used; typed
 * text and focus are kept meanwhile.
 */
export function ComboBox(props: ComboBoxProps) {
  const key = props.selectedKey ?? props.defaultSelectedKey;
  const chosen = props.options.find(({ id }) => id === key)?.label ?? "";
  const [typed, setTyped] = useState(props.defaultInputValue ?? chosen);
  const [use, setUse] = useState<"not yet" | "by keyboard" | "entered" | "left again">("not yet");
  const input = useRef<HTMLInputElement>(null);
  const isComposing = useRef(false);
  const isEntered = useRef(false);
  const part = usePart(load);

  function swap() {
    if (isComposing.current) return;
    const isInIt = document.activeElement === input.current;
    const byKeyboard = isEntered.current ? "entered" : "by keyboard";
    startTransition(() => setUse(isInIt ? byKeyboard : "left again"));
  }

  function onInputChange(text: string) {
    if (text !== "") isEntered.current = false;
    setTyped(text);
    props.onInputChange?.(text);
  }

  const text = props.inputValue ?? typed;
  const closed = (
    <ClosedComboBox
      {...props}
      input={input}
      text={text}
      // Other text than the option's label means another option, which only the list can find.
      chosenKey={text === chosen ? key : undefined}
      onText={onInputChange}
      onNear={part.prepare}
      onComposing={(isBegun) => {
        isComposing.current = isBegun;
        if (!isBegun) part.whenThere(swap);
      }}
      onUse={() => {
        props.onFocus?.();
        part.whenThere(swap);
      }}
      onEnter={() => {
        isEntered.current = true;
      }}
      problem={part.problem}
    />
  );
  const isTyped = props.inputValue === undefined && typed !== chosen;
  return (
    <Suspense fallback={closed}>
      {use === "not yet" ? (
        closed
      ) : (
        <ComboBoxField
          {...props}
          {...(isTyped ? { defaultInputValue: typed } : {})}
          onInputChange={onInputChange}
          isFocusedAtFirst={use === "by keyboard" || use === "entered"}
          isOpenAtFirst={use === "by keyboard"}
        />
      )}
    </Suspense>
  );
}
