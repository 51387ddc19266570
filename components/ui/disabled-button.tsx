"use client";

import { type ReactNode, useId } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyles } from "@/components/ui/button-styles";

type DisabledButtonProps = {
  /** The whole action, as on the enabled button. */
  children: ReactNode;
  /** Why it is disabled, and the next step. */
  why: string;
  icon?: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
};

/**
 * A disabled button that says why: in a tooltip, and to keyboard and screen reader users. It stays focusable, because a
 * disabled element is skipped and its reason with it.
 */
export function DisabledButton({ children, why, icon, variant, size }: DisabledButtonProps) {
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
