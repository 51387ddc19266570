"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { ButtonSize, ButtonVariant } from "@/components/ui/button-styles";
import type { ServerAction } from "@/components/ui/actions/outcome";
import { RefusalNextStep } from "@/components/ui/actions/refusal-next-step";
import { type ActionOptions, useAction } from "@/components/ui/actions/use-action";

type ActionButtonProps<Input, T> = ActionOptions<T> & {
  /** A server action; it asks for nothing that `input` does not hold. */
  action: ServerAction<Input, T>;
  input: Input;
  /** The whole action: "Resume Contoso Legal". */
  label: string;
  /** Spoken after it, where a list has the same action many times. */
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

/** An action that needs no form: done at one press, and what the server refused stands beside it. */
export function ActionButton<Input, T>(props: ActionButtonProps<Input, T>) {
  const { action, input, label, about, describedBy, isUnderWay = false, ...rest } = props;
  const { onDone, onRefused, onSettled, silentMessage, ...button } = rest;
  const { run, isPending, refusal } = useAction(action, { onDone, onRefused, onSettled, silentMessage });
  const shown = isPending ? null : refusal;
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-2">
      <Button
        {...button}
        isPending={isPending || isUnderWay}
        aria-describedby={describedBy}
        onPress={() => void run(input)}
      >
        {label}
        {about ? <span className="sr-only">: {about}</span> : null}
      </Button>
      <span role="alert" className="text-12 text-failed empty:hidden">
        {shown?.message}
      </span>
      {shown ? <RefusalNextStep refusal={shown} /> : null}
    </span>
  );
}
