"use client";

import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { type ButtonVariant, buttonStyles } from "@/components/ui/button-styles";
import { cx } from "@/components/ui/cx";
import { Tooltip } from "@/components/ui/tooltip";

type IconButtonProps = Omit<AriaButtonProps, "children" | "className" | "style" | "aria-label"> & {
  /** Its name for those who do not see the icon, and its tooltip for those who do. */
  label: string;
  variant?: ButtonVariant;
  size?: "small" | "medium";
  className?: string;
  /** The icon. */
  children: ReactNode;
};

export function IconButton({
  label,
  variant = "quiet",
  size = "medium",
  className,
  children,
  ...props
}: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <AriaButton
        {...props}
        aria-label={label}
        className={cx(buttonStyles(variant, size), size === "small" ? "w-7 px-0" : "w-8 px-0", className)}
      >
        {children}
      </AriaButton>
    </Tooltip>
  );
}
