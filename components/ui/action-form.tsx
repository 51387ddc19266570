"use client";

import { type ReactNode, useActionState } from "react";
import { cx } from "@/components/ui/cx";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { findOversize } from "@/components/ui/oversize";

/** What a server action answers. `message`: cause. effect. next step. `fields`: messages by field name. */
export type Outcome<T> =
  | { ok: true; data: T }
  | { ok: false; message: string; fields: Record<string, string> };

/** A server action as useActionState calls it. */
export type FormAction<T> = (previous: Outcome<T> | null, formData: FormData) => Promise<Outcome<T>>;

type FormState<T> = { outcome: Outcome<T> | null; errors?: Record<string, string>; doneCount: number };

type ActionFormProps<T> = {
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
  const { action, doneText, onDone, isClearedWhenDone, className, children } = props;
  const [state, dispatch] = useActionState(
    async (previous: FormState<T>, formData: FormData): Promise<FormState<T>> => {
      const outcome = refuseOversize(formData) ?? (await action(previous.outcome, formData));
      if (!outcome.ok) return { ...previous, outcome, errors: toFieldErrors(outcome.fields) };
      onDone?.(outcome.data);
      return { outcome, doneCount: previous.doneCount + 1 };
    },
    { outcome: null, doneCount: 0 },
  );
  const { outcome } = state;
  return (
    <div className={cx("flex flex-col", className)}>
      <Form
        key={isClearedWhenDone ? state.doneCount : 0}
        action={dispatch}
        error={outcome?.ok === false ? outcome.message : null}
        validationErrors={state.errors}
      >
        {children}
      </Form>
      {/* Outside the form: a region that comes with its words already in it is not read out. */}
      <div aria-live="polite">
        {outcome?.ok && doneText ? <Notice kind="confirmed" title={doneText} className="mt-4" /> : null}
      </div>
    </div>
  );
}

/** Refused here, because the server would refuse it without words. */
export function refuseOversize(form: FormData): Extract<Outcome<never>, { ok: false }> | null {
  const fields = findOversize(form);
  return (
    fields && {
      ok: false,
      message: "Something in the form is too long to be sent. Nothing was saved.",
      fields,
    }
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
