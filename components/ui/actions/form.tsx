"use client";

import {
  type FormEvent,
  type MouseEvent,
  type ReactNode,
  startTransition,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { Form as AriaForm } from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { focusFirstMistake } from "@/components/ui/actions/focus-first-mistake";
import { KeptNotice } from "@/components/ui/actions/kept-notice";
import type { Refusal } from "@/components/ui/actions/outcome";
import { RefusalNotice } from "@/components/ui/actions/refusal-notice";
import type { ActionState } from "@/components/ui/actions/use-action";
import { useKeptFields } from "@/components/ui/actions/use-kept-fields";
import { FieldKeeperContext } from "@/components/ui/fields/field-keeper";

type FormProps = {
  /** Unique on its page: what is typed is kept under it over a reload. Null keeps nothing. */
  name: string | null;
  /** What useAction returned. For a server action alone see ActionForm. */
  state: Pick<ActionState<FormData, unknown>, "run" | "refusal" | "doneCount">;
  className?: string;
  children: ReactNode;
};

/**
 * A form that keeps what was typed when its action refuses it: React empties a form after its action, so the
 * action is started by hand here. It is set on the form too, so that a form sent before the page is alive waits
 * for it, instead of putting its fields, a password among them, into the address.
 */
export function Form({ name, state, className, children }: FormProps) {
  const { run, refusal, doneCount } = state;
  const box = useRef<HTMLDivElement>(null);
  const [sentAgain, setSentAgain] = useState<Refusal | null>(null);
  const { keeper, kept, isPartial } = useKeptFields(name, doneCount);
  const errors = useMemo(() => (refusal ? toFieldErrors(refusal.fields) : undefined), [refusal]);

  useEffect(() => {
    if (refusal) focusFirstMistake(box.current);
  }, [refusal]);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const formData = new FormData(event.currentTarget, submitter);
    startTransition(() => run(formData));
  }

  // React Aria makes a field that the server refused invalid for the browser too, until its value changes: sending
  // the same once more, when only the other side has changed, would do nothing. Enter presses the button as well.
  function onClickCapture(event: MouseEvent) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.type === "submit" && refusal) flushSync(() => setSentAgain(refusal));
  }

  return (
    <AriaForm action={run} onSubmit={onSubmit} validationErrors={sentAgain === refusal ? undefined : errors}>
      <div
        ref={box}
        onInput={judgeAgain}
        onClickCapture={onClickCapture}
        className={cx("flex flex-col gap-4", className)}
      >
        {doneCount === 0 ? <KeptNotice kept={kept} isPartial={isPartial} /> : null}
        <RefusalNotice refusal={refusal} isInForm />
        <FieldKeeperContext value={name === null ? null : keeper}>{children}</FieldKeeperContext>
      </div>
    </AriaForm>
  );
}

/** A list is sent as `groups[]` and refused as `groups`: its message stands under both names. */
export function toFieldErrors(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, message]) => [
      [name, message],
      [`${name}[]`, message],
    ]),
  );
}

/**
 * React Aria judges a field when it is left, and takes its message away then. But it is left by pressing the submit
 * button, which moves up as the message goes, from beneath the pointer. So a field that is wrong is judged with
 * every letter. The event does not bubble: React hears nothing of it.
 */
function judgeAgain({ target }: FormEvent) {
  if (target instanceof Element && target.getAttribute("aria-invalid") === "true") {
    target.dispatchEvent(new Event("change"));
  }
}

/** The buttons at a form's end, side by side, the primary one first. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2 pt-1">{children}</div>;
}
