"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "@/components/ui/cx";

type KeepFocusProps = {
  /** Draws other controls when it changes: a state, a count, ids. */
  of: string | number;
  /**
   * Names the whole, which then takes the keyboard itself. Without one the first button inside takes it: for buttons
   * that replace each other, as Pause and Resume do.
   */
  label?: string;
  className?: string;
  children: ReactNode;
};

/**
 * Around what an action in it draws anew: when what was pressed is gone with the state it belonged to, the keyboard
 * goes on here and does not fall to the top of the page.
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
