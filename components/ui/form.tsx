"use client";

import { type FormEvent, type MouseEvent, type ReactNode, startTransition, useState } from "react";
import { flushSync } from "react-dom";
import { Form as AriaForm } from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";

type FormProps = {
  /** A function, or the dispatcher that useActionState returned. For a server action see ActionForm. */
  action: (formData: FormData) => void | Promise<void>;
  /** What is wrong with single fields, by field name: the same object until the form is sent again. */
  validationErrors?: Record<string, string | string[]>;
  /** What is wrong with the whole: cause. effect. next step. */
  error?: string | null;
  className?: string;
  children: ReactNode;
};

/**
 * A form that keeps what was typed when its action refuses it: React empties a form after its action, so the
 * action is started by hand here. It is set on the form too, so that a form sent before the page is alive waits
 * for it, instead of putting its fields, a password among them, into the address.
 */
export function Form({ action, validationErrors, error, className, children }: FormProps) {
  const [isSentAgain, setIsSentAgain] = useState(false);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const formData = new FormData(event.currentTarget, submitter);
    startTransition(async () => {
      await action(formData);
      startTransition(() => setIsSentAgain(false));
    });
  }

  // React Aria makes a field that the server refused invalid for the browser too, until its value changes: sending
  // the same once more, when only the other side has changed, would do nothing. Enter presses the button as well.
  function onClickCapture(event: MouseEvent) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.type === "submit" && validationErrors) flushSync(() => setIsSentAgain(true));
  }

  return (
    <AriaForm
      action={action}
      onSubmit={onSubmit}
      validationErrors={isSentAgain ? undefined : validationErrors}
    >
      <div
        onInput={judgeAgain}
        onClickCapture={onClickCapture}
        className={cx("flex flex-col gap-4", className)}
      >
        {error ? <Notice kind="failed" title={error} isAlert /> : null}
        {children}
      </div>
    </AriaForm>
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
