"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "@/components/ui/button";

type SubmitButtonProps = Omit<ButtonProps, "type" | "isPending"> & {
  /** Said in place of the children while the form is on its way, such as "Making plan…". */
  pendingLabel?: string;
};

/** The submit button of the form around it: pending for as long as that form's action runs. */
export function SubmitButton({ variant = "primary", pendingLabel, children, ...props }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <Button {...props} variant={variant} type="submit" isPending={pending}>
      {pending && pendingLabel ? pendingLabel : children}
    </Button>
  );
}
