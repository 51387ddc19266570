"use client";

import { LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { type ButtonSize, type ButtonVariant, buttonStyles } from "@/components/ui/button-styles";

export type ButtonProps = Omit<AriaButtonProps, "children" | "className" | "style"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** The icon before the text. */
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** While `isPending` it keeps its text and focus, ignores presses, and is announced as busy. */
export function Button({ variant, size, icon, className, children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={buttonStyles(variant, size, className)}>
      {props.isPending ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      {children}
      {/* React Aria announces the button's name when it becomes busy and when that ends. */}
      {props.isPending ? <span className="sr-only">, in progress</span> : null}
    </AriaButton>
  );
}
