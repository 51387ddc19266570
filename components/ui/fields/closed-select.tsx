"use client";

import { ChevronsUpDown } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useContext, useId, useRef, useState } from "react";
import { Button, FormValidationContext } from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { inputStyles } from "@/components/ui/fields/field-parts";
import type { SelectProps } from "@/components/ui/fields/select";

type ClosedSelectProps = Omit<SelectProps, "defaultValue"> & {
  onChange: (id: string) => void;
  /** The pointer is over it, or it has focus. */
  onNear: () => void;
  onOpen: () => void;
  problem: ReactNode;
};

/**
 * A Select before its first use. Typing a letter chooses an option, as in a native select; the form sees a native
 * select.
 */
export function ClosedSelect(props: ClosedSelectProps) {
  const { label, options, name, value, onChange, onNear, onOpen, isRequired, description } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const { mistake, setMissing, forget } = useMistake(name);
  const chosen = options.find((option) => option.id === value);

  function choose(next: string) {
    forget();
    onChange(next);
  }

  function onKeyDown({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
    if (key === "ArrowDown" || key === "ArrowUp") onOpen();
    if (key.length !== 1 || key === " " || ctrlKey || metaKey || altKey) return;
    const at = chosen ? options.indexOf(chosen) + 1 : 0;
    const found = [...options.slice(at), ...options.slice(0, at)].find(
      (option) =>
        !option.isDisabled && option.label.toLocaleLowerCase("en").startsWith(key.toLocaleLowerCase("en")),
    );
    if (found) choose(found.id);
  }

  return (
    <div className={cx("relative flex flex-col gap-1", props.className)}>
      <span id={`${id}-label`} className={props.isLabelHidden ? "sr-only" : "text-13 font-medium text-ink"}>
        {label}
        {isRequired ? <span className="font-normal text-ink-3"> (required)</span> : null}
      </span>
      <Button
        ref={button}
        aria-haspopup="listbox"
        aria-expanded={false}
        aria-labelledby={`${id}-value ${id}-label`}
        aria-describedby={`${id}-help`}
        onHoverStart={onNear}
        onFocus={onNear}
        onPress={onOpen}
        onKeyDown={onKeyDown}
        className={cx(inputStyles, "flex cursor-default items-center gap-2 text-left")}
      >
        <span id={`${id}-value`} className={cx("flex-1 truncate", !chosen && "text-ink-3")}>
          {chosen?.label ?? "Choose"}
        </span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-3" />
      </Button>
      {name === undefined ? null : (
        <select
          aria-hidden
          tabIndex={-1}
          name={name}
          value={value ?? ""}
          required={isRequired}
          onChange={(event) => choose(event.currentTarget.value)}
          onInvalid={(event) => {
            event.preventDefault();
            setMissing(event.currentTarget.validationMessage);
            button.current?.focus();
          }}
          className="sr-only"
        >
          {value === undefined ? <option value="" /> : null}
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.label}
            </option>
          ))}
        </select>
      )}
      <span id={`${id}-help`} className="flex flex-col text-12 text-ink-3 empty:hidden">
        {description ? <span>{description}</span> : null}
        {mistake ? <span className="text-failed">{mistake}</span> : null}
        {props.problem}
      </span>
    </div>
  );
}

/** The browser's or server's message about the choice, until another one is made. */
function useMistake(name: string | undefined) {
  const refused = useContext(FormValidationContext)[name ?? ""];
  const [missing, setMissing] = useState<string | null>(null);
  const [forgotten, setForgotten] = useState<typeof refused>();
  const refusalText = refused === forgotten ? null : [refused].flat().join(" ");
  return {
    mistake: missing ?? refusalText,
    setMissing,
    forget: () => {
      setMissing(null);
      setForgotten(refused);
    },
  };
}
