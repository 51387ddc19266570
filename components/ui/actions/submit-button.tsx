"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "@/components/ui/button";

type SubmitButtonProps = Omit<ButtonProps, "type"> & {
  /** Said in place of the children while the form is on its way, such as "Making plan…". */
  pendingLabel?: string;
};

/** The submit button of the form around it: pending for as long as that form's action runs, or `isPending` says so. */
export function SubmitButton(props: SubmitButtonProps) {
  const { variant = "primary", pendingLabel, isPending = false, children, ...button } = props;
  const { pending } = useFormStatus();
  return (
    <Button {...button} variant={variant} type="submit" isPending={pending || isPending}>
      {pending && pendingLabel ? pendingLabel : children}
    </Button>
  );
}
