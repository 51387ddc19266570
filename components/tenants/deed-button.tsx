"use client";

import { type ReactNode, startTransition, useActionState } from "react";
import { Button } from "@/components/ui/button";
import type { ButtonSize, ButtonVariant } from "@/components/ui/button-styles";
import type { ActionResult } from "@/lib/web/action-result";
import type { Action } from "@/lib/web/define-action";

type DeedButtonProps<Input, T> = {
  /** A server action; it asks for nothing that `input` does not hold. */
  action: Action<Input, T>;
  input: Input;
  /** The whole deed: "Resume Contoso Legal". */
  label: string;
  /** Spoken after it, where a list has the same deed many times. */
  about?: string;
  icon?: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  isDisabled?: boolean;
  /** It was asked for and goes on: cannot be pressed again, and keeps the keyboard, which a disabled one would lose. */
  isUnderWay?: boolean;
  /** The id of the words that say why it is disabled. */
  describedBy?: string;
};

/** A deed that needs no form: done at one press, and what the server refused stands beside it. */
export function DeedButton<Input, T>(props: DeedButtonProps<Input, T>) {
  const { action, input, label, about, describedBy, isUnderWay = false, ...button } = props;
  const [result, run, isPending] = useActionState<ActionResult<T> | null>(() => action(input), null);
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-2">
      <Button
        {...button}
        isPending={isPending || isUnderWay}
        aria-describedby={describedBy}
        onPress={() => startTransition(run)}
      >
        {label}
        {about ? <span className="sr-only">: {about}</span> : null}
      </Button>
      <span role="alert" className="text-12 text-failed empty:hidden">
        {result?.ok === false ? result.message : null}
      </span>
    </span>
  );
}
