"use client";

import { lazy, type ReactNode, Suspense, useRef } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { type ButtonVariant, buttonStyles } from "@/components/ui/button-styles";
import { cx } from "@/components/ui/cx";
import { useHint } from "@/components/ui/use-hint";

const load = async () => ({ default: (await import("@/components/ui/hint")).Hint });
const Hint = lazy(load);

type IconButtonProps = Pick<AriaButtonProps, "slot" | "isDisabled" | "onPress"> & {
  /** Its accessible name, which is also its hint. */
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
  const button = useRef<HTMLButtonElement>(null);
  const { isShown, hide, handlers } = useHint(load);
  return (
    <>
      <AriaButton
        {...props}
        {...handlers}
        ref={button}
        aria-label={label}
        className={cx(buttonStyles(variant, size), size === "small" ? "w-7 px-0" : "w-8 px-0", className)}
      >
        {children}
      </AriaButton>
      {isShown ? (
        <Suspense>
          <Hint text={label} triggerRef={button} onClose={hide} />
        </Suspense>
      ) : null}
    </>
  );
}
