"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "@/components/ui/cx";

type KeepFocusProps = {
  /** Changes when other controls are rendered: a state, a count, ids. */
  of: string | number;
  /**
   * The name of the region, which then takes focus itself. Without one, the first button inside takes it: for buttons
   * that replace each other, such as Pause and Resume.
   */
  label?: string;
  className?: string;
  children: ReactNode;
};

/**
 * Keeps focus here after an action re-renders its content: if the pressed button is gone with its state, focus moves
 * here and not to the top of the page.
 */
export function KeepFocus({ of, label, className, children }: KeepFocusProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef(of);
  useEffect(() => {
    if (drawn.current === of) return;
    drawn.current = of;
    if (document.activeElement !== document.body) return;
    const target = label === undefined ? box.current?.querySelector("button") : box.current;
    target?.focus({ preventScroll: true });
  }, [of, label]);
  const named = label === undefined ? {} : { role: "group", "aria-label": label, tabIndex: -1 };
  return (
    <div ref={box} {...named} className={cx("outline-none", className)}>
      {children}
    </div>
  );
}
