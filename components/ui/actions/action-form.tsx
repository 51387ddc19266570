"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "@/components/ui/cx";
import { Form } from "@/components/ui/actions/form";
import { Notice } from "@/components/ui/notice";
import type { FormAction } from "@/components/ui/actions/outcome";
import { useAction } from "@/components/ui/actions/use-action";

type ActionFormProps<T> = {
  /** Unique on its page: what is typed is kept under it over a reload. Null keeps nothing. */
  name: string | null;
  /** May also redirect. A server page can hand a server action down as it is. */
  action: FormAction<T>;
  /** Said once it is done, for forms that stay on their page: "Saved." */
  doneText?: string;
  /** Called once it is done. */
  onDone?: (data: T) => void;
  /** Empties the form once it is done: for adding one thing after another. */
  isClearedWhenDone?: boolean;
  className?: string;
  /** Fields, hidden inputs and a SubmitButton. */
  children: ReactNode;
};

/** A form for a server action: shows what it refused, beside the field where it says which, and keeps the rest. */
export function ActionForm<T>(props: ActionFormProps<T>) {
  const { name, action, doneText, onDone, isClearedWhenDone, className, children } = props;
  const state = useAction((form: FormData) => action(null, form), { onDone });
  const result = useRef<HTMLDivElement>(null);
  const { doneCount, isDone } = state;
  useEffect(() => {
    // An emptied form took its button with it, and the keyboard that was on it.
    if (doneCount > 0 && document.activeElement === document.body) result.current?.focus();
  }, [doneCount]);
  return (
    <div className={cx("flex flex-col", className)}>
      <Form key={isClearedWhenDone ? doneCount : 0} name={name} state={state}>
        {children}
      </Form>
      {/* Outside the form: a region that comes with its words already in it is not read out. */}
      <div ref={result} tabIndex={-1} aria-live="polite" className="outline-none">
        {isDone && doneText ? <Notice kind="confirmed" title={doneText} className="mt-4" /> : null}
      </div>
    </div>
  );
}
