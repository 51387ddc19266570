"use client";

import { LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { type ButtonSize, type ButtonVariant, buttonStyles } from "@/components/ui/button-styles";

export type ButtonProps = Omit<AriaButtonProps, "children" | "className" | "style"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Drawn before the words. */
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** While `isPending` it keeps its words and focus, ignores presses and tells assistive technology it is busy. */
export function Button({ variant, size, icon, className, children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={buttonStyles(variant, size, className)}>
      {props.isPending ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      {children}
      {/* React Aria speaks the button's name when it begins to be busy and when it ends. */}
      {props.isPending ? <span className="sr-only">, in progress</span> : null}
    </AriaButton>
  );
}
