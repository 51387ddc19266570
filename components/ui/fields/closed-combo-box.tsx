"use client";

import { ChevronsUpDown } from "lucide-react";
import { type ReactNode, type RefObject, useId } from "react";
import type { ComboBoxProps } from "@/components/ui/fields/combo-box";
import { cx } from "@/components/ui/cx";
import { inputStyles } from "@/components/ui/fields/field-parts";

type ClosedComboBoxProps = Pick<
  ComboBoxProps,
  "label" | "name" | "formValue" | "isRequired" | "placeholder" | "description" | "className"
> & {
  input: RefObject<HTMLInputElement | null>;
  text: string;
  chosenKey: string | undefined;
  onText: (text: string) => void;
  /** The pointer is over it. */
  onNear: () => void;
  /** Typing started or ended in a script that composes letters from several keys. */
  onComposing: (isComposing: boolean) => void;
  onUse: () => void;
  /** Enter, which accepts the typed text: the list that arrives later stays closed. */
  onEnter: () => void;
  problem: ReactNode;
};

/** A ComboBox before its first use. */
export function ClosedComboBox(props: ClosedComboBoxProps) {
  const { label, name, formValue, input, text, description } = props;
  const id = useId();
  const isTextSent = formValue === "text";
  return (
    <div className={cx("flex flex-col gap-1", props.className)} onPointerEnter={props.onNear}>
      <label htmlFor={id} className="text-13 font-medium text-ink">
        {label}
        {props.isRequired ? <span className="font-normal text-ink-3"> (required)</span> : null}
      </label>
      <div className="relative">
        <input
          ref={input}
          id={id}
          type="text"
          role="combobox"
          aria-expanded={false}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-describedby={description ? `${id}-help` : undefined}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          name={isTextSent ? name : undefined}
          required={props.isRequired}
          value={text}
          placeholder={props.placeholder}
          onChange={(event) => props.onText(event.currentTarget.value)}
          onCompositionStart={() => props.onComposing(true)}
          onCompositionEnd={() => props.onComposing(false)}
          onFocus={props.onUse}
          onKeyDown={(event) => event.key === "Enter" && props.onEnter()}
          className={cx(inputStyles, "pr-9")}
        />
        {/* Only for the pointer, like the list's own button: on the keyboard, the field itself opens the list. */}
        <button
          type="button"
          tabIndex={-1}
          aria-label="Show suggestions"
          onClick={() => input.current?.focus()}
          className="absolute inset-y-0 right-0 flex w-8 items-center justify-center rounded-2 text-ink-3"
        >
          <ChevronsUpDown aria-hidden className="size-4" />
        </button>
      </div>
      {name !== undefined && !isTextSent ? (
        <input type="hidden" name={name} value={props.chosenKey ?? ""} />
      ) : null}
      {description ? (
        <span id={`${id}-help`} className="text-12 text-ink-3">
          {description}
        </span>
      ) : null}
      {props.problem}
    </div>
  );
}
