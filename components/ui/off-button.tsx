"use client";

import { type ReactNode, useId } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyles } from "@/components/ui/button-styles";

type OffButtonProps = {
  /** The whole deed, as the button that is on says it. */
  children: ReactNode;
  /** Why it may not be pressed now, and what to do instead. */
  why: string;
  icon?: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
};

/**
 * A button that is off and says why: to the mouse, and to whoever comes with the keyboard or a screen reader. It keeps
 * its place among what can be focused, because a disabled button is passed over and its reason with it.
 */
export function OffButton({ children, why, icon, variant, size }: OffButtonProps) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        aria-disabled="true"
        aria-describedby={id}
        title={why}
        className={buttonStyles(variant, size, "cursor-not-allowed opacity-50")}
      >
        {icon}
        {children}
      </button>
      <span id={id} className="sr-only">
        {why}
      </span>
    </>
  );
}
